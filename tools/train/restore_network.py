"""The network of the decode filter: its form while it learns, and the integers that are compiled in.

Inputs are three colour planes in units of the deviation, and (radius - deviation) / (radius + deviation). Four layers
of 3x3 weights follow; activations are cut to 0 .. 255/64. The result is the correction in units of the radius.
"""
import numpy
import torch

CHANNELS = 8
CUT = 255 / 64
WEIGHT_BITS = 8   # weights are multiples of 2^-8,
BIAS_BITS = 14    # and biases of 2^-14: activations are multiples of 2^-6
MARGIN = 4        # pixels that the layers take away at each side


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [4, CHANNELS, CHANNELS, CHANNELS, 3]
        self.layers = torch.nn.ModuleList(torch.nn.Conv2d(a, b, 3) for a, b in zip(sizes, sizes[1:]))
        for layer in self.layers:
            torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            torch.nn.init.zeros_(layer.bias)
        with torch.no_grad():
            self.layers[0].weight *= 0.5
            self.layers[-1].weight *= 0.1

    def weights(self, number):
        """Those of a layer; of the first one they sum to zero over each colour plane, so that differences alone
        count."""
        weight = self.layers[number].weight
        if number > 0:
            return weight
        colours = weight[:, :3]
        return torch.cat([colours - colours.mean((2, 3), keepdim=True), weight[:, 3:]], 1)

    def forward(self, inputs):
        for number, layer in enumerate(self.layers):
            inputs = torch.nn.functional.conv2d(inputs, self.weights(number), layer.bias)
            if number < len(self.layers) - 1:
                inputs = inputs.clamp(0, CUT)
        return inputs

    def integers(self):
        """(weights, biases) of each layer: arrays of the shapes (out, in, 3, 3) and (out,)."""
        table = []
        for number, layer in enumerate(self.layers):
            weight = numpy.round(self.weights(number).detach().numpy() * 2**WEIGHT_BITS).astype(int)
            if number == 0:
                for plane in (kernel[plane] for kernel in weight for plane in range(3)):
                    largest = numpy.unravel_index(numpy.abs(plane).argmax(), plane.shape)
                    plane[largest] -= plane.sum()  # what rounding left
            table.append((weight, numpy.round(layer.bias.detach().numpy() * 2**BIAS_BITS).astype(int)))
        return table
