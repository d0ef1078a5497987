using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>
/// A web server on a free loopback port, under an unguessable path, so that other programs and web pages cannot send requests through it. It listens as soon as
/// it is created and handles requests once it runs; earlier requests wait.
/// </summary>
internal sealed class LoopbackListener : IDisposable
{
    /// <summary>The header of the response to a GET, which shows that a listener is running.</summary>
    public const string ListeningHeader = "node-data-listening";

    private const int MaxAttempts = 10;
    private const int TokenBytes = 16;

    private readonly HttpListener _listener;

    private LoopbackListener(HttpListener listener, Uri address) => (_listener, Address) = (listener, address);

    /// <summary>The address for deliveries.</summary>
    public Uri Address { get; }

    /// <exception cref="HttpListenerException">No port is available.</exception>
    public static LoopbackListener Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
            var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{GetFreePort()}/{token}/");
            var listener = new HttpListener { IgnoreWriteExceptions = true };
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return new LoopbackListener(listener, new Uri(address));
            }
            catch (HttpListenerException) when (attempt < MaxAttempts)
            {
                // Another process took the port in the meantime.
                listener.Close();
            }
        }
    }

    /// <summary>Handles requests concurrently until it is canceled, and then waits for the requests in progress.</summary>
    /// <param name="handler">Handles one request. An exception from it ends the run.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task RunAsync(Func<HttpListenerContext, Task> handler, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var inProgress = new HashSet<Task>();
        try
        {
            var next = _listener.GetContextAsync();
            while (true)
            {
                var completed = await Task.WhenAny([next, .. inProgress]).WaitAsync(stopping.Token).ConfigureAwait(false);
                if (completed == next)
                {
                    var context = await next.ConfigureAwait(false);
                    inProgress.Add(HandleAsync(context, handler));
                    next = _listener.GetContextAsync();
                }
                else
                {
                    inProgress.Remove(completed);
                    await completed.ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await Task.WhenAll(inProgress).ConfigureAwait(false);
        }
    }

    public void Dispose() => _listener.Abort();

    private static async Task HandleAsync(HttpListenerContext context, Func<HttpListenerContext, Task> handler)
    {
        if (context.Request.HttpMethod == "POST")
        {
            await handler(context).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = context.Request.HttpMethod == "GET" ? 204 : 405;
        context.Response.Headers[ListeningHeader] = "1";
        context.Response.Close();
    }

    private static int GetFreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
