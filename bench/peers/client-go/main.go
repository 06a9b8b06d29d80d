// Candidates for one Lease by client-go's tools/leaderelection, the peer of bench/candidates. Each says in a line of
// JSON whom it follows and when it leads. SIGTERM ends them in good order: the leader hands the Lease back.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	coordinationv1 "k8s.io/client-go/kubernetes/typed/coordination/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

type line struct {
	Candidate string `json:"candidate"`
	Leads     bool   `json:"leads"`
	Follows   string `json:"follows,omitempty"`
}

var saying sync.Mutex

func say(words line) {
	saying.Lock()
	defer saying.Unlock()
	if err := json.NewEncoder(os.Stdout).Encode(words); err != nil {
		log.Fatal(err)
	}
}

// stand runs one candidate, over a client and with a rate limit of its own, as a pod of its own has them.
func stand(ctx context.Context, config *rest.Config, namespace, name, identity string) {
	client, err := coordinationv1.NewForConfig(rest.CopyConfig(config))
	if err != nil {
		log.Fatal(err)
	}
	leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
		Lock: &resourcelock.LeaseLock{
			LeaseMeta:  metav1.ObjectMeta{Namespace: namespace, Name: name},
			Client:     client,
			LockConfig: resourcelock.ResourceLockConfig{Identity: identity},
		},
		LeaseDuration:   15 * time.Second,
		RenewDeadline:   10 * time.Second,
		RetryPeriod:     2 * time.Second,
		ReleaseOnCancel: true,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(ctx context.Context) {
				say(line{Candidate: identity, Leads: true})
				<-ctx.Done()
			},
			OnStoppedLeading: func() {},
			OnNewLeader: func(holder string) {
				if holder != identity {
					say(line{Candidate: identity, Leads: false, Follows: holder})
				}
			},
		},
	})
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "file")
	namespace := flag.String("namespace", "", "of the Lease")
	name := flag.String("name", "", "of the Lease")
	identity := flag.String("identity", "", "what the candidates' names begin with")
	candidates := flag.Int("candidates", 1, "in this process")
	flag.Parse()
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	var all sync.WaitGroup
	for index := range *candidates {
		all.Go(func() { stand(ctx, config, *namespace, *name, fmt.Sprintf("%s-%d", *identity, index)) })
	}
	all.Wait()
}
