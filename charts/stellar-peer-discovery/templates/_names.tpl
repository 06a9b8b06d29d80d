{{- define "spd.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Short enough for the longest suffix, "-agent-events", within 63 characters. */}}
{{- define "spd.fullname" -}}
{{- $name := include "spd.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "spd.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "spd.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name must name an existing service account when serviceAccount.create is false" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "spd.selectorLabels" -}}
app.kubernetes.io/name: {{ include "spd.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: webhook
{{- end -}}

{{- define "spd.labels" -}}
{{- $own := dict "app.kubernetes.io/name" (include "spd.name" .) "app.kubernetes.io/instance" .Release.Name "app.kubernetes.io/version" .Chart.AppVersion "app.kubernetes.io/managed-by" .Release.Service "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_") -}}
{{- toYaml (merge $own .Values.commonLabels) -}}
{{- end -}}

{{/* A dict: image (registry, repository, tag, digest) and version. */}}
{{- define "spd.image" -}}
{{- $name := ternary .image.repository (printf "%s/%s" .image.registry .image.repository) (empty .image.registry) -}}
{{- if .image.digest -}}
{{- printf "%s@%s" $name .image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default .version .image.tag) -}}
{{- end -}}
{{- end -}}

{{/* As text of a label selector, keys sorted. */}}
{{- define "spd.namespaceSelector" -}}
{{- $pairs := list -}}
{{- range $key, $value := .Values.namespaceSelector -}}
{{- $pairs = append $pairs (printf "%s=%s" $key $value) -}}
{{- end -}}
{{- join "," $pairs -}}
{{- end -}}

{{- define "spd.apiPorts" -}}
{{- if .Values.provisioner.networkPolicy.enabled -}}
{{- $ports := list -}}
{{- range .Values.provisioner.networkPolicy.apiPorts -}}
{{- $ports = append $ports (int64 . | toString) -}}
{{- end -}}
{{- join "," $ports -}}
{{- end -}}
{{- end -}}
