echo "search path: {{ ds_nodash }}"
