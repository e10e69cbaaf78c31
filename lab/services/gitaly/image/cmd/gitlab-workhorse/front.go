package main

import (
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
)

// front decides who answers a path.
type front struct {
	access  *access
	git     *git
	backend *httputil.ReverseProxy
}

func newFront(backend *url.URL, secret string) *front {
	proxy := httputil.NewSingleHostReverseProxy(backend)
	proxy.FlushInterval = -1
	proxy.ErrorHandler = func(w http.ResponseWriter, r *http.Request, err error) {
		log.Printf("%s %s: Puma does not answer: %v", r.Method, r.URL.Path, err)
		http.Error(w, "Puma does not answer", http.StatusBadGateway)
	}
	return &front{access: newAccess(backend, secret), git: newGit(), backend: proxy}
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/-/workhorse/health" {
		_, _ = w.Write([]byte("OK\n"))
		return
	}
	serve := f.git.handlerFor(r)
	if serve == nil {
		// Only Workhorse may say that it is Workhorse.
		r.Header.Del(tokenHeader)
		f.backend.ServeHTTP(w, r)
		return
	}
	granted, ok := f.access.ask(w, r)
	if ok {
		serve(w, r, granted)
	}
}

// handlerFor tells what a request of git wants; nil for everything else.
func (g *git) handlerFor(r *http.Request) func(http.ResponseWriter, *http.Request, *grant) {
	switch path := r.URL.Path; {
	case r.Method == http.MethodGet && strings.HasSuffix(path, ".git/info/refs"):
		return g.infoRefs
	case r.Method == http.MethodPost && strings.HasSuffix(path, ".git/git-upload-pack"):
		return g.uploadPack
	case r.Method == http.MethodPost && strings.HasSuffix(path, ".git/git-receive-pack"):
		return g.receivePack
	default:
		return nil
	}
}
