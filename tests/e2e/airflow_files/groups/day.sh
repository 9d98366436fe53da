set -euo pipefail
echo "script for {{ ds }} by {{ task.owner }}"
