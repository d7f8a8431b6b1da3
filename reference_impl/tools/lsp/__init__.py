"""What a person sees in an editor: language servers, asked about a user's file over their standard input and output.

The libraries that speak the protocol structure its messages on the way; here the raw answers are what matters.
"""
