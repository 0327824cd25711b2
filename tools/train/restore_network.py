"""The network of the decode filter: its form while it learns, and the integers that are compiled in.

Inputs are three colour planes in units of the deviation, and (radius - deviation) / (radius + deviation). Four layers
of 3x3 weights follow; activations are cut to 0 .. 127/32. The result is the correction in units of the radius.
"""
import numpy
import torch

CHANNELS = 16
ACTIVATION_BITS = 5       # activations are multiples of 2^-5
CUT = 127 / 2**ACTIVATION_BITS
WEIGHT_BITS = (8, 5)      # weights of the first layer are multiples of 2^-8, of the others of 2^-5,
BIAS_BITS = (14, 10)      # and biases of 2^-14 and 2^-10
WEIGHT_MOST = 127         # of the other layers
SUM_MOST = 2**15 - 1      # of the other layers, with the bias and what rounds
ROUNDING = 2**4
SLACK = 0.04              # of the sums, which rounding may raise
MARGIN = 4                # pixels that the layers take away at each side


class Rounded(torch.autograd.Function):
    """Rounds to multiples of 2^-bits, and lets gradients through as if it had not."""

    @staticmethod
    def forward(context, values, bits):
        return (values * 2**bits).round_().mul_(2**-bits)

    @staticmethod
    def backward(context, gradient):
        return gradient, None


rounded = Rounded.apply


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [4, CHANNELS, CHANNELS, CHANNELS, 3]
        self.layers = torch.nn.ModuleList(torch.nn.Conv2d(a, b, 3) for a, b in zip(sizes, sizes[1:]))
        # For each layer its weights that are integers for good, and NaN for others. Then biases and activations are
        # rounded, too.
        self.fixed = None
        for layer in self.layers:
            torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            torch.nn.init.zeros_(layer.bias)
        with torch.no_grad():
            self.layers[0].weight *= 0.5
            self.layers[-1].weight *= 0.1

    @torch.no_grad()
    def take(self, outputs):
        """Begins with the integers of another network: for each output its bias and its weights."""
        for number, layer in enumerate(self.layers):
            part = torch.tensor(outputs[number * CHANNELS:][:layer.out_channels], dtype=torch.float32)
            layer.weight.copy_(part[:, 1:].reshape(layer.weight.shape) / 2**WEIGHT_BITS[number > 0])
            layer.bias.copy_(part[:, 0] / 2**BIAS_BITS[number > 0])

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
            weight, bias = self.weights(number), layer.bias
            if self.fixed:
                weight = weight if number > 0 else rounded(weight, WEIGHT_BITS[0])
                bias = rounded(bias, BIAS_BITS[number > 0])
            inputs = torch.nn.functional.conv2d(inputs, weight, bias)
            if number < len(self.layers) - 1:
                inputs = torch.nn.functional.hardtanh(inputs, 0, CUT)  # a clamp with a quicker gradient
                inputs = rounded(inputs, ACTIVATION_BITS) if self.fixed else inputs
        return inputs

    def random_order(self, seed):
        """For each layer a number from 0 to 1 for each weight, by which they are fixed one after the other."""
        source = torch.Generator().manual_seed(seed)
        return [torch.rand(layer.weight.shape, generator=source) for layer in self.layers]

    @torch.no_grad()
    def fix(self, order, part):
        """Rounds this part of the weights after the first layer for good, so that the others may make up for it."""
        self.fixed = self.fixed or [torch.full_like(layer.weight, torch.nan) for layer in self.layers]
        for layer, numbers, fixed in list(zip(self.layers, order, self.fixed))[1:]:
            integer = (layer.weight * 2**WEIGHT_BITS[1]).round() / 2**WEIGHT_BITS[1]
            fixed.copy_(torch.where(fixed.isnan() & (numbers < part), integer, fixed))
            layer.weight.copy_(torch.where(fixed.isnan(), layer.weight, fixed))

    @torch.no_grad()
    def limit(self):
        """Scales weights down that are not fixed where sums of the layers after the first could pass 16 bits."""
        for number, layer in list(enumerate(self.layers))[1:]:
            limit = WEIGHT_MOST / 2**WEIGHT_BITS[1]
            weight, bias = layer.weight.clamp(-limit, limit), layer.bias.view(-1, 1, 1, 1)
            parts = []
            for sign in 1, -1:
                part = (sign * weight).clamp(min=0)
                room = ((SUM_MOST - ROUNDING) / 2**BIAS_BITS[1] - sign * bias) / CUT * (1 - SLACK)
                parts.append(sign * part * (room / part.sum((1, 2, 3), keepdim=True).clamp(min=1e-6)).clamp(max=1))
            limited = parts[0] + parts[1]
            if self.fixed:
                limited = torch.where(self.fixed[number].isnan(), limited, self.fixed[number])
            layer.weight.copy_(limited)

    def integers(self):
        """(weights, biases) of each layer: arrays of the shapes (out, in, 3, 3) and (out,)."""
        table = []
        for number, layer in enumerate(self.layers):
            bits, bias_bits = WEIGHT_BITS[number > 0], BIAS_BITS[number > 0]
            weight = numpy.round(self.weights(number).detach().numpy() * 2**bits).astype(int)
            bias = numpy.round(layer.bias.detach().numpy() * 2**bias_bits).astype(int)
            if number == 0:
                for plane in (kernel[plane] for kernel in weight for plane in range(3)):
                    largest = numpy.unravel_index(numpy.abs(plane).argmax(), plane.shape)
                    plane[largest] -= plane.sum()  # what rounding left
            else:
                self.check(weight, bias)
            table.append((weight, bias))
        return table

    @staticmethod
    def check(weight, bias):
        """Raises ValueError where a sum of this layer could pass 16 bits."""
        for sign in 1, -1:
            most = 127 * numpy.clip(sign * weight, 0, None).sum((1, 2, 3)) + sign * bias + ROUNDING
            if most.max() > SUM_MOST or numpy.abs(weight).max() > WEIGHT_MOST:
                raise ValueError("a sum of the network could pass 16 bits")
