"""What a person sees in an editor: six language servers, asked over their standard input and output."""
