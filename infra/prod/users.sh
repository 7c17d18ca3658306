#!/bin/bash
# Elasticsearch's users, once it runs: Kibana's own, and a role and a user for bf that may touch its indices and no others.
# Said again it changes nothing. Passwords go to curl by its input, since a command line is in the list of processes.
set -euo pipefail
server=${ELASTICSEARCH_URL:-http://elasticsearch:9200}

put() { # PATH BODY
  printf 'user = "elastic:%s"\ndata = "%s"\n' "$ELASTIC_PASSWORD" "${2//\"/\\\"}" |
    curl -fsS --retry 5 --retry-connrefused -o /dev/null -X PUT -H 'Content-Type: application/json' --config - "$server/_security/$1"
}

put user/kibana_system/_password "{\"password\":\"$KIBANA_PASSWORD\"}"
put role/breadthflow '{"cluster":["monitor","manage_index_templates"],"indices":[{"names":["breadth*","signals*","thrusts*","runs*","backtests*","pipeline*","bf-*"],"privileges":["all"]}]}'
put "user/$ELASTICSEARCH_USERNAME" "{\"password\":\"$ELASTICSEARCH_PASSWORD\",\"roles\":[\"breadthflow\",\"kibana_admin\"]}"
echo "users: kibana_system has its password, $ELASTICSEARCH_USERNAME may write bf's indices"
