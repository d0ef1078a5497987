using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace NodeData.Emulator.Serving;

/// <summary>
/// The web server. The host is empty: no configuration files, no environment variables, no logging, so that the environment does not affect the emulator and
/// requests are recorded nowhere else.
/// </summary>
internal sealed class Listener : IAsyncDisposable
{
    // Processing takes milliseconds: a request still in progress after this time waits for the clock or for a client, and would not complete.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly WebApplication _application;

    private Listener(WebApplication application, Uri baseAddress)
    {
        _application = application;
        BaseAddress = baseAddress;
    }

    public Uri BaseAddress { get; }

    public static async Task<Listener> StartAsync(EmulatorOptions options, RequestDelegate handle, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        var application = builder.Build();
        application.Run(handle);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is IOException or SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new EmulatorStartException(GetErrorMessage(options), cause);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new Listener(application, CreateBaseAddress(options.BindAddress, new Uri(application.Urls.Single()).Port));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static void Configure(KestrelServerOptions kestrel, EmulatorOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        // A client paused in a debugger, or a machine under load, is slow but not hostile.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Listen(options.BindAddress, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static Uri CreateBaseAddress(IPAddress bound, int port)
    {
        var reachable =
            bound.Equals(IPAddress.Any) ? IPAddress.Loopback
            : bound.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : bound;
        return new Uri($"http://{new IPEndPoint(reachable, port)}/v1");
    }

    private static string GetErrorMessage(EmulatorOptions options) =>
        $"Cannot listen on port {options.Port} of {options.BindAddress}: the port is in use, or the address does not belong to this machine. "
        + "Choose another port (--port, EmulatorOptions.Port; 0 for a free one) or address (--bind, EmulatorOptions.BindAddress).";
}
