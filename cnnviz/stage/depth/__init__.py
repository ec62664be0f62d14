"""Several filters over one picture: each makes a map, and the maps make the depth of the output."""
