package main

import (
	"compress/gzip"
	"context"
	"io"
	"log"
	"net/http"
	"strings"
	"sync"

	"github.com/sirupsen/logrus"
	gitalyauth "gitlab.com/gitlab-org/gitaly/v16/auth"
	"gitlab.com/gitlab-org/gitaly/v16/client"
	"gitlab.com/gitlab-org/gitaly/v16/proto/go/gitalypb"
	"gitlab.com/gitlab-org/gitaly/v16/streamio"
	"google.golang.org/grpc"
)

// git speaks to Gitaly. Fetches need a channel beside the call, which Gitaly's own client library opens.
type git struct {
	channels *client.SidechannelRegistry
	lock     sync.Mutex
	known    map[string]*grpc.ClientConn
}

func newGit() *git {
	return &git{channels: client.NewSidechannelRegistry(logrus.NewEntry(logrus.StandardLogger())), known: map[string]*grpc.ClientConn{}}
}

func (g *git) smart(granted *grant) (gitalypb.SmartHTTPServiceClient, error) {
	address, token := granted.GitalyServer.Address, granted.GitalyServer.Token
	g.lock.Lock()
	defer g.lock.Unlock()
	connection := g.known[address+" "+token]
	if connection == nil {
		credentials := grpc.WithPerRPCCredentials(gitalyauth.RPCCredentialsV2(token))
		made, err := client.DialSidechannel(context.Background(), address, g.channels, []grpc.DialOption{credentials})
		if err != nil {
			return nil, err
		}
		g.known[address+" "+token] = made
		connection = made
	}
	return gitalypb.NewSmartHTTPServiceClient(connection), nil
}

// unavailable says that Gitaly did not do it; a client may come again.
func unavailable(w http.ResponseWriter, r *http.Request, err error) {
	log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
	w.Header().Set("Retry-After", "1")
	http.Error(w, "Git storage does not answer", http.StatusServiceUnavailable)
}

func (g *git) infoRefs(w http.ResponseWriter, r *http.Request, granted *grant) {
	service := r.URL.Query().Get("service")
	smart, err := g.smart(granted)
	if err != nil {
		unavailable(w, r, err)
		return
	}
	question := &gitalypb.InfoRefsRequest{Repository: granted.repository(), GitProtocol: r.Header.Get("Git-Protocol")}
	var answer interface {
		Recv() (*gitalypb.InfoRefsResponse, error)
	}
	if service == "git-receive-pack" {
		answer, err = smart.InfoRefsReceivePack(r.Context(), question)
	} else {
		answer, err = smart.InfoRefsUploadPack(r.Context(), question)
	}
	if err != nil {
		unavailable(w, r, err)
		return
	}
	// The first piece tells whether there will be an answer; after it the status cannot change.
	first, err := answer.Recv()
	if err != nil && err != io.EOF {
		unavailable(w, r, err)
		return
	}
	head(w, "application/x-"+service+"-advertisement")
	if _, err := w.Write(first.GetData()); err != nil {
		return
	}
	copyOut(w, r, func() ([]byte, error) { piece, err := answer.Recv(); return piece.GetData(), err })
}

func (g *git) uploadPack(w http.ResponseWriter, r *http.Request, granted *grant) {
	smart, err := g.smart(granted)
	if err != nil {
		unavailable(w, r, err)
		return
	}
	body, err := plain(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	out := &started{ResponseWriter: w}
	head(out, "application/x-git-upload-pack-result")
	ctx, waiter := g.channels.Register(r.Context(), func(channel client.SidechannelConn) error {
		if _, err := io.Copy(channel, body); err != nil {
			return err
		}
		if err := channel.CloseWrite(); err != nil {
			return err
		}
		_, err := io.Copy(out, channel)
		return err
	})
	defer func() { _ = waiter.Close() }()
	_, err = smart.PostUploadPackWithSidechannel(ctx, &gitalypb.PostUploadPackWithSidechannelRequest{
		Repository: granted.repository(), GitProtocol: r.Header.Get("Git-Protocol"),
	})
	// What the channel still carries comes before the end.
	if closed := waiter.Close(); err == nil {
		err = closed
	}
	out.conclude(r, err)
}

func (g *git) receivePack(w http.ResponseWriter, r *http.Request, granted *grant) {
	smart, err := g.smart(granted)
	if err != nil {
		unavailable(w, r, err)
		return
	}
	body, err := plain(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	stream, err := smart.PostReceivePack(r.Context())
	if err == nil {
		err = stream.Send(&gitalypb.PostReceivePackRequest{
			Repository: granted.repository(), GlId: granted.GLID, GlUsername: granted.GLUsername,
			GlRepository: granted.GLRepository, GitProtocol: r.Header.Get("Git-Protocol"),
		})
	}
	if err != nil {
		unavailable(w, r, err)
		return
	}
	// Gitaly tells how far it is while the pack is still coming. Without this the server would throw away what it has of the
	// pack as soon as the first word of the answer is written.
	if err := http.NewResponseController(w).EnableFullDuplex(); err != nil {
		log.Printf("%s %s: answering while reading is not possible: %v", r.Method, r.URL.Path, err)
	}
	go func() {
		send := func(piece []byte) error { return stream.Send(&gitalypb.PostReceivePackRequest{Data: piece}) }
		if _, err := io.Copy(streamio.NewWriter(send), body); err != nil {
			log.Printf("%s %s: what was pushed did not reach Gitaly: %v", r.Method, r.URL.Path, err)
		}
		_ = stream.CloseSend()
	}()
	out := &started{ResponseWriter: w}
	head(out, "application/x-git-receive-pack-result")
	_, err = io.Copy(out, streamio.NewReader(func() ([]byte, error) { piece, err := stream.Recv(); return piece.GetData(), err }))
	out.conclude(r, err)
}

// started remembers whether something was written: only before that a failure can be told with a status.
type started struct {
	http.ResponseWriter
	written bool
}

func (s *started) Write(piece []byte) (int, error) {
	s.written = s.written || len(piece) > 0
	count, err := s.ResponseWriter.Write(piece)
	if flusher, ok := s.ResponseWriter.(http.Flusher); ok && err == nil {
		flusher.Flush()
	}
	return count, err
}

func (s *started) conclude(r *http.Request, err error) {
	switch {
	case err == nil:
	case !s.written:
		unavailable(s.ResponseWriter, r, err)
	default:
		log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
		// The client must not take half an answer for a whole one.
		panic(http.ErrAbortHandler)
	}
}

func head(w http.ResponseWriter, contentType string) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", "no-cache")
}

func copyOut(w http.ResponseWriter, r *http.Request, receive func() ([]byte, error)) {
	out := &started{ResponseWriter: w, written: true}
	_, err := io.Copy(out, streamio.NewReader(receive))
	out.conclude(r, err)
}

// plain undoes what git compresses of its questions.
func plain(r *http.Request) (io.Reader, error) {
	if !strings.EqualFold(r.Header.Get("Content-Encoding"), "gzip") {
		return r.Body, nil
	}
	return gzip.NewReader(r.Body)
}
