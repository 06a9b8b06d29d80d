{{/* All of what the webhook reads but POD_*, name by name. */}}
{{- define "spd.environment" -}}
{{- $fullname := include "spd.fullname" . -}}
{{- $agent := .Values.agent -}}
{{- $variables := list
  (list "WEBHOOK_CONFIGURATION" $fullname)
  (list "SERVICE_NAME" $fullname)
  (list "SERVICE_NAMESPACE" .Release.Namespace)
  (list "CA_SECRET" (printf "%s-ca" $fullname))
  (list "CERTIFICATE_DIR" (ternary "/etc/webhook-tls" "" .Values.webhook.certManager.enabled))
  (list "CERTIFICATE_NAMES" (join "," .Values.webhook.certificateNames))
  (list "WEBHOOK_ADDRESS" "0.0.0.0:10250")
  (list "HEALTH_ADDRESS" "0.0.0.0:8080")
  (list "LOG_LEVEL" .Values.webhook.logLevel)
  (list "DRAIN_DELAY" (ternary "0s" .Values.webhook.drainDelay (eq (include "spd.preStopSleep" .) "true")))
  (list "NAMESPACE_SELECTOR" (include "spd.namespaceSelector" .))
  (list "PROVISIONER_ENABLED" .Values.provisioner.enabled)
  (list "PROVISIONER_LEASE" .Values.provisioner.lease)
  (list "AGENT_API_PORTS" (include "spd.apiPorts" .))
  (list "REMEDIATION" .Values.provisioner.remediation)
  (list "AGENT_CLUSTER_ROLE" (printf "%s-agent" $fullname))
  (list "AGENT_PEERS_ROLE" (printf "%s-agent" $fullname))
  (list "AGENT_EVENTS_ROLE" (printf "%s-agent-events" $fullname))
  (list "AGENT_IMAGE" (include "spd.image" (dict "image" $agent.image "version" .Chart.AppVersion)))
  (list "AGENT_IMAGE_PULL_POLICY" $agent.image.pullPolicy)
  (list "AGENT_CPU_REQUEST" $agent.resources.requests.cpu)
  (list "AGENT_CPU_LIMIT" $agent.resources.limits.cpu)
  (list "AGENT_MEMORY_REQUEST" $agent.resources.requests.memory)
  (list "AGENT_MEMORY_LIMIT" $agent.resources.limits.memory)
  (list "AGENT_RUN_AS_USER" (int64 $agent.runAsUser))
  (list "AGENT_CORE_HTTP_PORT" (int64 $agent.coreHttpPort))
  (list "AGENT_CORE_PEER_PORT" (int64 $agent.corePeerPort))
  (list "AGENT_HEALTH_PORT" (int64 $agent.healthPort))
  (list "AGENT_POLL_INTERVAL" $agent.pollInterval)
  (list "AGENT_DISCOVERY_SOURCE" $agent.discovery.source)
  (list "AGENT_DISCOVERY_SELECTOR" $agent.discovery.selector)
  (list "AGENT_STATIC_PEERS" (join "," $agent.discovery.staticPeers))
  (list "AGENT_RELOAD" $agent.reload)
  (list "AGENT_RELOAD_PATH" $agent.reloadPath)
  (list "AGENT_MAX_DIALED_PEERS" (int64 $agent.maxDialedPeers))
  (list "AGENT_LOG_LEVEL" $agent.logLevel)
  (list "SIDECAR_MODE" .Values.webhook.sidecarMode)
  (list "REJECT_INVALID" .Values.webhook.rejectInvalid)
  (list "PEERS_NAMESPACE" .Release.Namespace)
  (list "PEERS_CONFIGMAP" .Values.peers.configMap)
  (list "PEERS_LEASE" .Values.peers.lease)
-}}
{{- range $variables }}
- name: {{ index . 0 }}
  value: {{ index . 1 | toString | quote }}
{{- end }}
{{- end -}}

{{/* Whether the kubelet can wait before it ends a container: from 1.30 on by default (KEP-3960). */}}
{{- define "spd.preStopSleep" -}}
{{- semverCompare ">=1.30-0" .Capabilities.KubeVersion.Version -}}
{{- end -}}
