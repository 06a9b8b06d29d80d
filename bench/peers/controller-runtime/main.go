// A mutating webhook on controller-runtime, as one is usually written on it: it decodes the pod, adds what ADDITION
// holds, and answers with the difference; with PATCH=direct it writes the patch's operations itself, which is less usual
// and cheaper. What an operator would add to decide (annotations, QoS, names taken) is left out, so it does less than the
// webhook that it is measured beside.
package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"strconv"
	"strings"

	"gomodules.xyz/jsonpatch/v2"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes/scheme"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/webhook"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"
)

// What a pod gets; the bench writes it from the patch of the webhook that it measures.
type addition struct {
	// Pods without it get nothing.
	Selector    map[string]string `json:"selector"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
	Volumes     []corev1.Volume   `json:"volumes"`
	Container   corev1.Container  `json:"container"`
}

type injector struct {
	decoder  admission.Decoder
	addition addition
	direct   bool
}

func (i *injector) Handle(_ context.Context, request admission.Request) admission.Response {
	pod := &corev1.Pod{}
	if err := i.decoder.Decode(request, pod); err != nil {
		return admission.Errored(http.StatusBadRequest, err)
	}
	if !i.wanted(pod) {
		return admission.Allowed("no validator, or injected already")
	}
	ctrl.Log.Info("injected", "target", request.Namespace+"/"+pod.Name, "uid", request.UID)
	if i.direct {
		return admission.Patched("", i.operations(pod)...)
	}
	pod.Labels = merged(pod.Labels, i.addition.Labels)
	pod.Annotations = merged(pod.Annotations, i.addition.Annotations)
	pod.Spec.Volumes = append(pod.Spec.Volumes, i.addition.Volumes...)
	pod.Spec.Containers = append(pod.Spec.Containers, i.addition.Container)
	patched, err := json.Marshal(pod)
	if err != nil {
		return admission.Errored(http.StatusInternalServerError, err)
	}
	return admission.PatchResponseFromRaw(request.Object.Raw, patched)
}

func (i *injector) operations(pod *corev1.Pod) []jsonpatch.Operation {
	operations := entries("/metadata/labels", pod.Labels == nil, i.addition.Labels)
	operations = append(operations, entries("/metadata/annotations", pod.Annotations == nil, i.addition.Annotations)...)
	if pod.Spec.Volumes == nil {
		operations = append(operations, jsonpatch.NewOperation("add", "/spec/volumes", i.addition.Volumes))
	} else {
		for _, volume := range i.addition.Volumes {
			operations = append(operations, jsonpatch.NewOperation("add", "/spec/volumes/-", volume))
		}
	}
	return append(operations, jsonpatch.NewOperation("add", "/spec/containers/-", i.addition.Container))
}

func entries(path string, missing bool, more map[string]string) []jsonpatch.Operation {
	if missing {
		return []jsonpatch.Operation{jsonpatch.NewOperation("add", path, more)}
	}
	operations := []jsonpatch.Operation{}
	for key, value := range more {
		key = strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
		operations = append(operations, jsonpatch.NewOperation("add", path+"/"+key, value))
	}
	return operations
}

func (i *injector) wanted(pod *corev1.Pod) bool {
	for key, value := range i.addition.Selector {
		if pod.Labels[key] != value {
			return false
		}
	}
	for _, container := range pod.Spec.Containers {
		if container.Name == i.addition.Container.Name {
			return false
		}
	}
	return true
}

func merged(own, more map[string]string) map[string]string {
	all := make(map[string]string, len(own)+len(more))
	for key, value := range own {
		all[key] = value
	}
	for key, value := range more {
		all[key] = value
	}
	return all
}

func run() error {
	ctrl.SetLogger(zap.New())
	handler := &injector{decoder: admission.NewDecoder(scheme.Scheme), direct: os.Getenv("PATCH") == "direct"}
	if err := json.Unmarshal([]byte(os.Getenv("ADDITION")), &handler.addition); err != nil {
		return err
	}
	port, err := strconv.Atoi(os.Getenv("PORT"))
	if err != nil {
		return err
	}
	config, err := ctrl.GetConfig()
	if err != nil {
		return err
	}
	manager, err := ctrl.NewManager(config, ctrl.Options{
		WebhookServer: webhook.NewServer(webhook.Options{
			Host:    "127.0.0.1",
			Port:    port,
			CertDir: os.Getenv("CERTIFICATES"),
		}),
		HealthProbeBindAddress: os.Getenv("HEALTH_ADDRESS"),
		Metrics:                server.Options{BindAddress: "0"},
	})
	if err != nil {
		return err
	}
	hooks := manager.GetWebhookServer()
	hooks.Register("/mutate", &webhook.Admission{Handler: handler})
	if err := manager.AddReadyzCheck("webhook", hooks.StartedChecker()); err != nil {
		return err
	}
	return manager.Start(ctrl.SetupSignalHandler())
}

func main() {
	if err := run(); err != nil {
		ctrl.Log.Error(err, "ended")
		os.Exit(1)
	}
}
