// Stand-in for GitLab Workhorse: what stands between nginx and Puma. Git over HTTP goes from here to Gitaly, with Puma's
// leave; everything else goes to Puma as it is.
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// options are named as Workhorse names its own.
type options struct {
	listenNetwork string
	listenAddr    string
	authBackend   string
	secretPath    string
}

func parseOptions() options {
	var o options
	flag.StringVar(&o.listenNetwork, "listenNetwork", "tcp", "network of the address: tcp or unix")
	flag.StringVar(&o.listenAddr, "listenAddr", "localhost:8181", "address to listen at, a path for unix")
	flag.StringVar(&o.authBackend, "authBackend", "http://localhost:8080", "URL of Puma")
	flag.StringVar(&o.secretPath, "secretPath", "./.gitlab_workhorse_secret", "file with the secret shared with Puma")
	flag.Parse()
	return o
}

func main() {
	if err := run(parseOptions()); err != nil {
		log.Fatalf("workhorse stand-in: %v", err)
	}
}

func run(o options) error {
	secret, err := os.ReadFile(o.secretPath)
	if err != nil {
		return err
	}
	backend, err := url.Parse(o.authBackend)
	if err != nil {
		return err
	}
	listener, err := listen(o.listenNetwork, o.listenAddr)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           newFront(backend, strings.TrimSpace(string(secret))),
		ReadHeaderTimeout: 10 * time.Second,
	}
	return serve(server, listener)
}

// listen takes over the socket file of a predecessor that was killed.
func listen(network, address string) (net.Listener, error) {
	if network != "unix" {
		return net.Listen(network, address)
	}
	if err := os.Remove(address); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	// nginx runs as another user of the same group.
	old := syscall.Umask(0o007)
	defer syscall.Umask(old)
	return net.Listen(network, address)
}

// serve ends when it is told to, after what is under way has been answered or ten seconds have passed.
func serve(server *http.Server, listener net.Listener) error {
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-stop.Done():
		patience, done := context.WithTimeout(context.Background(), 10*time.Second)
		defer done()
		if err := server.Shutdown(patience); !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		return nil
	}
}
