"""Small grammars of what people write: times, amounts, states, placeholders."""
