"""Dense layers and what replaces them: how many weights each kind of layer has, and which input each output sees."""
