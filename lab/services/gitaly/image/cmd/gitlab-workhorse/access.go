package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/url"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"gitlab.com/gitlab-org/gitaly/v16/proto/go/gitalypb"
)

const (
	tokenHeader = "Gitlab-Workhorse-Api-Request"
	grantType   = "application/vnd.gitlab-workhorse+json"
)

// grant is Puma's leave: whose work it is, on which repository, and where that lies.
type grant struct {
	GLID         string `json:"GL_ID"`
	GLUsername   string `json:"GL_USERNAME"`
	GLRepository string `json:"GL_REPOSITORY"`
	Repository   struct {
		StorageName   string `json:"storage_name"`
		RelativePath  string `json:"relative_path"`
		GLRepository  string `json:"gl_repository"`
		GLProjectPath string `json:"gl_project_path"`
	}
	GitalyServer struct {
		Address string `json:"address"`
		Token   string `json:"token"`
	}
}

func (g *grant) repository() *gitalypb.Repository {
	return &gitalypb.Repository{
		StorageName: g.Repository.StorageName, RelativePath: g.Repository.RelativePath,
		GlRepository: g.Repository.GLRepository, GlProjectPath: g.Repository.GLProjectPath,
	}
}

// access asks Puma whether a request may be served.
type access struct {
	backend *url.URL
	secret  []byte
	client  *http.Client
}

func newAccess(backend *url.URL, secret string) *access {
	return &access{backend: backend, secret: []byte(secret), client: &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// ask returns the grant, or answers the request with Puma's refusal.
func (a *access) ask(w http.ResponseWriter, r *http.Request) (*grant, bool) {
	response, err := a.request(r)
	if err != nil {
		log.Printf("%s %s: Puma does not answer: %v", r.Method, r.URL.Path, err)
		http.Error(w, "Puma does not answer", http.StatusBadGateway)
		return nil, false
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != grantType {
		pass(w, response)
		return nil, false
	}
	granted := &grant{}
	if err := json.NewDecoder(io.LimitReader(response.Body, 1<<20)).Decode(granted); err != nil {
		log.Printf("%s %s: Puma's leave cannot be read: %v", r.Method, r.URL.Path, err)
		http.Error(w, "Puma's leave cannot be read", http.StatusBadGateway)
		return nil, false
	}
	return granted, true
}

func (a *access) request(r *http.Request) (*http.Response, error) {
	target := *a.backend
	target.Path, target.RawQuery = r.URL.Path, r.URL.RawQuery
	question, err := http.NewRequestWithContext(r.Context(), r.Method, target.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	question.Host = r.Host
	for _, name := range []string{"Authorization", "X-Forwarded-For", "X-Forwarded-Proto", "User-Agent"} {
		if value := r.Header.Get(name); value != "" {
			question.Header.Set(name, value)
		}
	}
	now := time.Now()
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Issuer: "gitlab-workhorse", IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(time.Minute)),
	}).SignedString(a.secret)
	if err != nil {
		return nil, err
	}
	question.Header.Set(tokenHeader, token)
	return a.client.Do(question)
}

// pass gives Puma's own answer to the client.
func pass(w http.ResponseWriter, response *http.Response) {
	for _, name := range []string{"Content-Type", "Www-Authenticate", "Retry-After"} {
		if value := response.Header.Get(name); value != "" {
			w.Header().Set(name, value)
		}
	}
	code := response.StatusCode
	if code == http.StatusOK {
		code = http.StatusBadGateway
	}
	w.WriteHeader(code)
	_, _ = io.Copy(w, io.LimitReader(response.Body, 1<<20))
}
