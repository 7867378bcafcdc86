"""Speech: who is given voice. Quotations, attributions, and the voice of every token."""
