"""More images than one machine takes: one codebook for all, learned where they lie, and all of them compressed.

>>> import numpy, tempfile
>>> from vqi import corpus
>>> frames = {f"{n}.png": numpy.full((8, 8, 3), 20 * n, numpy.uint8) for n in range(9)}
>>> learned = corpus.learn(frames, k=4)
>>> with tempfile.TemporaryDirectory() as folder:
...     compressed = corpus.compress(frames, folder, codebook=learned.codebook, detach=True)
>>> [row["output"] for row in compressed.rows][:2], compressed.written
(['0.vqi', '1.vqi'], 9)

learn, refine and compress run in this process, or on the workers of dask.distributed with client=. For other engines
there are the functions that they consist of: find and chunks_of list inputs; gather, merge and train, or Part, add and
combine, learn; sum_vectors, add_sums and move are a round of k-means; compress_images and compress_to_tar write files.
They share no state and what they take and return can be pickled. Results are byte for byte those of one process.
"""
from ._compression import compress_images, compress_to_tar
from ._inputs import Bad, Input, chunks_of, find
from ._jobs import Compressed, Learned, Moved, compress, learn, refine
from ._parts import Part, add, combine, gather, merge, train
from ._rounds import Sums, add_sums, move, sum_vectors

__all__ = ["Bad", "Compressed", "Input", "Learned", "Moved", "Part", "Sums", "add", "add_sums", "chunks_of", "combine",
           "compress", "compress_images", "compress_to_tar", "find", "gather", "learn", "merge", "move", "refine",
           "sum_vectors", "train"]
