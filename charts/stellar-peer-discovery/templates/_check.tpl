{{/* A quantity (`quantity` in the schema) as a number. */}}
{{- define "spd.amount" -}}
{{- $factors := dict "" 1.0 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 -}}
{{- mulf (regexFind "^[0-9.]+" . | float64) (get $factors (regexFind "[A-Za-z]*$" .)) -}}
{{- end -}}

{{/* A duration (`duration` in the schema) in seconds. */}}
{{- define "spd.seconds" -}}
{{- $units := dict "ms" 0.001 "s" 1.0 "m" 60.0 "h" 3600.0 -}}
{{- $total := 0.0 -}}
{{- range regexFindAll "[0-9.]+(ms|s|m|h)" . -1 -}}
{{- $total = addf $total (mulf (regexFind "^[0-9.]+" . | float64) (get $units (regexFind "[a-z]+$" .))) -}}
{{- end -}}
{{- $total -}}
{{- end -}}

{{/* Combinations that a schema can't tell. */}}
{{- define "spd.check" -}}
{{- $agent := .Values.agent -}}
{{- $ports := list (int $agent.coreHttpPort) (int $agent.corePeerPort) (int $agent.healthPort) -}}
{{- if lt (len (uniq $ports)) 3 -}}
{{- fail "agent.coreHttpPort, agent.corePeerPort and agent.healthPort must differ" -}}
{{- end -}}
{{- range $name := list "cpu" "memory" -}}
{{- $request := get $agent.resources.requests $name -}}
{{- $limit := get $agent.resources.limits $name -}}
{{- if gt (include "spd.amount" $request | float64) (include "spd.amount" $limit | float64) -}}
{{- fail (printf "agent.resources.requests.%s (%s) must not be above agent.resources.limits.%s (%s): validators' pods would be refused" $name $request $name $limit) -}}
{{- end -}}
{{- end -}}
{{- $poll := include "spd.seconds" $agent.pollInterval | float64 -}}
{{- if or (lt $poll 1.0) (gt $poll 600.0) -}}
{{- fail (printf "agent.pollInterval (%s) must be from 1s to 10m" $agent.pollInterval) -}}
{{- end -}}
{{- if and (eq .Values.webhook.sidecarMode "native") (not (semverCompare ">=1.29.0-0" .Capabilities.KubeVersion.Version)) -}}
{{- fail "webhook.sidecarMode native needs Kubernetes 1.29 or later" -}}
{{- end -}}
{{- if hasKey .Values.namespaceSelector "peer-discovery.stellar.org/injection" -}}
{{- fail "namespaceSelector must not name peer-discovery.stellar.org/injection: it is always asked to be enabled" -}}
{{- end -}}
{{- if eq .Values.provisioner.lease .Values.peers.lease -}}
{{- fail "provisioner.lease and peers.lease must differ: they elect different leaders" -}}
{{- end -}}
{{- if not .Values.provisioner.enabled -}}
{{- if .Values.provisioner.networkPolicy.enabled -}}
{{- fail "provisioner.networkPolicy.enabled needs provisioner.enabled: nothing else makes the policies" -}}
{{- end -}}
{{- if ne .Values.provisioner.remediation "off" -}}
{{- fail "provisioner.remediation needs provisioner.enabled: nothing else evicts pods" -}}
{{- end -}}
{{- end -}}
{{- end -}}
