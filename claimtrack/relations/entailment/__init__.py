"""Whether one sentence entails another, contradicts it, or neither: the model, and others that can take its place."""
