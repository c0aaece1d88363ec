"""Ready campaign definitions in YAML; `thidua playbook list` names them."""
