"""One layer in the hand: a picture, a kernel and a map on a page, where every number can be pointed at and changed."""
