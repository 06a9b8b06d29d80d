{{- define "spd.fencedCallers" -}}
- name: a-pod-and-not-the-provisioner
  expression: >-
    'authentication.kubernetes.io/pod-name' in request.userInfo.extra &&
    request.userInfo.username.startsWith('system:serviceaccount:') &&
    request.userInfo.username != 'system:serviceaccount:{{ .Release.Namespace }}:{{ include "spd.serviceAccountName" . }}'
{{- end -}}

{{/* The caller as a holderIdentity: NAMESPACE/POD/UID, all from its token. */}}
{{- define "spd.callerVariables" -}}
- name: caller
  expression: >-
    request.userInfo.username.split(':')[2] + '/' +
    request.userInfo.extra['authentication.kubernetes.io/pod-name'][0] + '/' +
    ('authentication.kubernetes.io/pod-uid' in request.userInfo.extra ?
    request.userInfo.extra['authentication.kubernetes.io/pod-uid'][0] : '')
{{- end -}}
