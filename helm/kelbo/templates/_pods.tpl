{{/* The pods of one role. Takes a dict: root, component, suffix, replicas (nil: KEDA's), resources. */}}
{{- define "kelbo.pods" -}}
{{- $root := .root -}}
{{- $values := .root.Values -}}
{{- $name := printf "%s%s" (include "kelbo.fullname" .root) .suffix -}}
{{- $stateful := eq $values.workload "StatefulSet" -}}
{{- $volumes := and $stateful $values.persistence.enabled -}}
{{- $scheme := ternary ", scheme: HTTPS" "" (ne $values.http.tlsSecret "") -}}
apiVersion: apps/v1
kind: {{ $values.workload }}
metadata:
  name: {{ $name }}
  labels:
    {{- include "kelbo.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
spec:
  {{- if $stateful }}
  serviceName: {{ include "kelbo.fullname" $root }}-headless
  # All at once: an instance that warms up or restores must not keep the others from starting.
  podManagementPolicy: Parallel
  {{- else }}
  # Never more pods than replicas: a pod beyond them would move partitions twice.
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
  {{- end }}
  {{- with .replicas }}
  replicas: {{ int . }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "kelbo.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ .component }}
  template:
    metadata:
      annotations:
        checksum/config: {{ toJson $values.config | sha256sum }}
        {{- with $values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      labels:
        {{- include "kelbo.labels" $root | nindent 8 }}
        app.kubernetes.io/component: {{ .component }}
        {{- with $values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "kelbo.serviceAccount" $root }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }}
      securityContext:
        {{- toYaml $values.podSecurityContext | nindent 8 }}
      {{- with $values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      {{- include "kelbo.placement" (dict "root" $root "component" .component) | nindent 6 }}
      containers:
        - name: kelbo
          image: {{ include "kelbo.image" $root | quote }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          args: [run, --config, /etc/kelbo/kelbo.yaml]
          env:
            {{- if $stateful }}
            # Static membership: a pod that comes back within the session timeout moves no partition.
            - name: POD_NAME
              valueFrom: { fieldRef: { fieldPath: metadata.name } }
            {{- end }}
            {{- if eq $values.logFormat "json" }}
            - { name: KELBO_LOG_FORMAT, value: json }
            {{- end }}
            {{- with $values.javaOptions }}
            - { name: JAVA_TOOL_OPTIONS, value: {{ . | quote }} }
            {{- end }}
            {{- with $values.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          {{- with $values.credentials.existingSecret }}
          envFrom:
            - secretRef: { name: {{ . }} }
          {{- end }}
          ports:
            - { name: http, containerPort: {{ $values.service.port }} }
          startupProbe:
            httpGet: { path: /health/live, port: http{{ $scheme }} }
            periodSeconds: 5
            failureThreshold: {{ $values.probes.startupSteps }}
          # Fails only where a restart helps, never while state is restored.
          livenessProbe:
            httpGet: { path: /health/live, port: http{{ $scheme }} }
            periodSeconds: {{ $values.probes.period }}
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet: { path: /health/ready, port: http{{ $scheme }} }
            periodSeconds: {{ $values.probes.period }}
            timeoutSeconds: 5
          resources:
            {{- toYaml .resources | nindent 12 }}
          securityContext:
            {{- toYaml $values.securityContext | nindent 12 }}
          volumeMounts:
            - { name: config, mountPath: /etc/kelbo/kelbo.yaml, subPath: {{ .component }}.yaml, readOnly: true }
            - { name: state, mountPath: /var/lib/kelbo }
            - { name: tmp, mountPath: /tmp }
            {{- if $values.certificates.existingSecret }}
            - { name: certificates, mountPath: /etc/kelbo/certificates, readOnly: true }
            {{- end }}
            {{- if $values.http.tokenSecret }}
            - { name: http-token, mountPath: /etc/kelbo/http-token, readOnly: true }
            {{- end }}
            {{- if $values.http.tlsSecret }}
            - { name: http-tls, mountPath: /etc/kelbo/http-tls, readOnly: true }
            {{- end }}
            {{- with $values.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: config
          configMap: { name: {{ include "kelbo.fullname" $root }} }
        - name: tmp
          emptyDir: { sizeLimit: 64Mi }
        {{- with $values.certificates.existingSecret }}
        - name: certificates
          secret: { secretName: {{ . }}, defaultMode: 0440 }
        {{- end }}
        {{- with $values.http.tokenSecret }}
        - name: http-token
          secret: { secretName: {{ . }}, defaultMode: 0440, items: [{ key: {{ $values.http.tokenKey }}, path: token }] }
        {{- end }}
        {{- with $values.http.tlsSecret }}
        - name: http-tls
          secret: { secretName: {{ . }}, defaultMode: 0440, items: [{ key: tls.crt, path: tls.crt }, { key: tls.key, path: tls.key }] }
        {{- end }}
        {{- if not $volumes }}
        - name: state
          emptyDir: { sizeLimit: {{ $values.persistence.size }} }
        {{- end }}
        {{- with $values.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  {{- if $volumes }}
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: {{ $values.persistence.whenDeleted }}
    whenScaled: {{ $values.persistence.whenDeleted }}
  volumeClaimTemplates:
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: state
        # No version here: the template of a volume cannot be changed by an upgrade.
        labels:
          {{- include "kelbo.selector" $root | nindent 10 }}
      spec:
        accessModes: [ReadWriteOnce]
        {{- with $values.persistence.storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources: { requests: { storage: {{ $values.persistence.size }} } }
  {{- end }}
{{- end }}

{{/* Where pods go. Takes a dict: root, component. */}}
{{- define "kelbo.placement" -}}
{{- $root := .root -}}
{{- $component := .component -}}
{{- with .root.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- $labels := dict "matchLabels" (merge (dict "app.kubernetes.io/component" .component) (include "kelbo.selector" .root | fromYaml)) }}
{{- with .root.Values.topologySpread }}
topologySpreadConstraints:
  {{- range . }}
  - {{ toYaml (merge (deepCopy .) (dict "labelSelector" $labels)) | nindent 4 | trim }}
  {{- end }}
{{- end }}
{{- $affinity := deepCopy .root.Values.affinity }}
{{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" $labels }}
{{- if eq .root.Values.antiAffinity "hard" }}
{{- $affinity = merge $affinity (dict "podAntiAffinity" (dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term))) }}
{{- else if eq .root.Values.antiAffinity "soft" }}
{{- $affinity = merge $affinity (dict "podAntiAffinity" (dict "preferredDuringSchedulingIgnoredDuringExecution" (list (dict "weight" 100 "podAffinityTerm" $term)))) }}
{{- end }}
{{- with $affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
