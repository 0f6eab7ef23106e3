// Command pulumi-language-nodejs starts Node programs and Node policy packs for the Pulumi engine.
//
// Pulumi publishes its own host inside its release archive; the Go module that holds its source is not on every module
// proxy. This one serves the calls that the engine makes for `up`, `preview`, `refresh`, `destroy`, `import` and
// `--policy-pack`, and answers every other call with Unimplemented. Where Pulumi itself is installed, its own host runs.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/version"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// engineSilence is how long the engine may fail its health check before the host ends, and its Node processes with it.
const engineSilence = time.Minute

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	if err := serve(ctx, cancel); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve prints the port as its first line, which is how the engine finds a plugin, and returns once ctx is done.
func serve(ctx context.Context, cancel context.CancelFunc) error {
	engine := ""
	if len(os.Args) > 1 {
		engine = os.Args[len(os.Args)-1]
		if err := rpcutil.Healthcheck(ctx, engine, engineSilence, cancel); err != nil {
			return err
		}
	}
	stop := make(chan bool)
	go func() { <-ctx.Done(); close(stop) }()
	server, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{Cancel: stop, Init: func(s *grpc.Server) error {
		pulumirpc.RegisterLanguageRuntimeServer(s, &host{engine: engine, ctx: ctx, cancel: cancel})
		return nil
	}})
	if err != nil {
		return err
	}
	fmt.Println(server.Port)
	return <-server.Done
}

type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	engine string             // the engine's address, which programs get as --engine
	ctx    context.Context    // done when the engine cancels or is gone: every Node process ends with it
	cancel context.CancelFunc // ends ctx
}

func (h *host) Handshake(context.Context, *pulumirpc.LanguageHandshakeRequest) (*pulumirpc.LanguageHandshakeResponse, error) {
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version.Version}, nil
}

// GetRequiredPackages answers that nothing is to be fetched: a dynamic provider comes with the program.
func (h *host) GetRequiredPackages(context.Context, *pulumirpc.GetRequiredPackagesRequest) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

// GetRequiredPlugins is the older form of GetRequiredPackages.
func (h *host) GetRequiredPlugins(context.Context, *pulumirpc.GetRequiredPluginsRequest) (*pulumirpc.GetRequiredPluginsResponse, error) {
	return &pulumirpc.GetRequiredPluginsResponse{}, nil
}

func (h *host) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	h.cancel()
	return &emptypb.Empty{}, nil
}
