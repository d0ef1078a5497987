using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>
/// A web server on a free port of this machine, under a path that nobody can guess, so that other programs and web pages get nothing through it. It listens from
/// the start and answers once it runs: what comes in between waits.
/// </summary>
internal sealed class LoopbackListener : IDisposable
{
    /// <summary>The header of the answer to a GET: somebody is at home.</summary>
    public const string ListeningHeader = "node-data-listening";

    private const int MaxAttempts = 10;
    private const int TokenBytes = 16;

    private readonly HttpListener _listener;

    private LoopbackListener(HttpListener listener, Uri address) => (_listener, Address) = (listener, address);

    /// <summary>Where deliveries are to go.</summary>
    public Uri Address { get; }

    /// <exception cref="HttpListenerException">No port can be listened on.</exception>
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
                // Somebody else took the port in between.
                listener.Close();
            }
        }
    }

    /// <summary>Lets deliveries in, several at once, until it is cancelled; what is under way then is waited for.</summary>
    /// <param name="handler">Answers one. What it throws ends the run.</param>
    /// <param name="cancellationToken">Ends the run, in order.</param>
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
