{{- define "kelbo.fullname" -}}
{{- $name := .Values.fullnameOverride | default (ternary .Release.Name (printf "%s-kelbo" .Release.Name) (contains "kelbo" .Release.Name)) -}}
{{- $name | trunc 46 | trimSuffix "-" -}}
{{- end }}

{{- define "kelbo.selector" -}}
app.kubernetes.io/name: kelbo
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "kelbo.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{ include "kelbo.selector" . }}
{{- with .Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "kelbo.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (ternary (include "kelbo.fullname" .) "default" .Values.serviceAccount.create) -}}
{{- end }}

{{- define "kelbo.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* What Kelbo calls itself on the cluster of Kafka: topics and groups begin with it. */}}
{{- define "kelbo.application" -}}{{ .Values.config.name | default "kelbo" }}{{- end }}
{{- define "kelbo.bootstrap" -}}
{{- $kafka := .Values.config.kafka | default dict -}}
{{- $servers := get $kafka "bootstrap.servers" | default (dig "bootstrap" "servers" "" $kafka) | default (get .Values.config "kafka.bootstrap.servers") -}}
{{- required "config.kafka.bootstrap.servers is missing: give Kafka's addresses, such as 'config: { kafka: { bootstrap.servers: \"kafka:9092\" } }'" $servers -}}
{{- end }}
{{/* What is watched, as a dict in JSON: topics or pattern. Names may stand in a list or between commas; that only one of the three is given, Kelbo checks. */}}
{{- define "kelbo.input" -}}
{{- $input := .Values.config.input | default dict -}}
{{- $topic := dig "topic" "" $input | default (get .Values.config "input.topic") -}}
{{- $several := dig "topics" "" $input | default (get .Values.config "input.topics") -}}
{{- $pattern := dig "pattern" "" $input | default (get .Values.config "input.pattern") -}}
{{- $topics := list -}}
{{- range splitList "," ($topic | default (kindIs "slice" $several | ternary (join "," $several) ($several | toString))) -}}
{{- with trim . -}}{{- $topics = append $topics . -}}{{- end -}}
{{- end -}}
{{- if $topics -}}{{ dict "topics" $topics | toJson }}
{{- else -}}
{{- $_ := required "config.input.topic is missing: name the topic to watch, such as 'config: { input: { topic: plant.telemetry } }'" $pattern -}}
{{ dict "pattern" $pattern | toJson }}
{{- end -}}
{{- end }}
{{- define "kelbo.runbooks" -}}{{ trimSuffix "/" .Values.runbooks }}{{- end }}
