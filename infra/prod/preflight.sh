#!/bin/sh
# Refuses passwords and keys that everybody knows or could guess. Says which, never what they are.
bad=0
refuse() {
  echo "preflight: $1" >&2
  bad=1
}

# NAME LEAST: long enough, and made of signs that need no quoting in JSON, in curl's configuration and in Compose's .env
check() {
  eval "value=\${$1:-}"
  case $value in
    minioadmin | admin | administrator | changeme | elastic | kibana | kibana_system | password | *default* | *development* | *example*)
      refuse "$1 is a default that everybody knows; put one of your own into .env (openssl rand -hex 32 makes one)"
      return ;;
    *[!A-Za-z0-9._~@%^*+=,:/-]*)
      refuse "$1 has signs other than letters, digits and . _ ~ @ % ^ * + = , : / -"
      return ;;
  esac
  [ "${#value}" -ge "$2" ] || refuse "$1 is too short: it needs $2 characters (openssl rand -hex 32 makes one)"
}

check MINIO_ACCESS_KEY 3
check MINIO_SECRET_KEY 12
check ELASTIC_PASSWORD 12
check ELASTICSEARCH_USERNAME 2
check ELASTICSEARCH_PASSWORD 12
check KIBANA_PASSWORD 12
check KIBANA_ENCRYPTION_KEY 32
check KIBANA_SECURITY_KEY 32
check KIBANA_REPORTING_KEY 32
check GRAFANA_PASSWORD 12

case ${BIND_ADDRESS:-127.0.0.1} in
  127.* | ::1 | localhost) ;;
  *) echo "preflight: BIND_ADDRESS opens all ports beyond this machine. Kafka and Spark know no passwords here: let a firewall decide who may reach them" >&2 ;;
esac

[ "$bad" = 0 ] && echo "preflight: no default passwords"
exit "$bad"
