"""What makes this project: its stubs, its generated pages, the measurements that they show, and the main job."""
