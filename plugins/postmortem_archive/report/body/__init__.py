"""What a body tells: sections, fields, timeline, actions, milestones."""
