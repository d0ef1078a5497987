using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>
/// A web server on a free port of this machine, under a path that nobody can guess, so that other programs and web pages get nothing through it. It listens from
/// the start and answers once it runs: what comes in between waits.
/// </summary>
internal sealed class LocalDoor : IDisposable
{
    /// <summary>The header of the answer to a GET: somebody is at home.</summary>
    public const string SignOfLife = "node-data-listening";

    private const int Attempts = 10;
    private const int TokenBytes = 16;

    private readonly HttpListener _listener;

    private LocalDoor(HttpListener listener, Uri address) => (_listener, Address) = (listener, address);

    /// <summary>Where deliveries are to go.</summary>
    public Uri Address { get; }

    /// <exception cref="HttpListenerException">No port can be listened on.</exception>
    public static LocalDoor Open()
    {
        for (var attempt = 1; ; attempt++)
        {
            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
            var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/{token}/");
            var listener = new HttpListener { IgnoreWriteExceptions = true };
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return new LocalDoor(listener, new Uri(address));
            }
            catch (HttpListenerException) when (attempt < Attempts)
            {
                // Somebody else took the port in between.
                listener.Close();
            }
        }
    }

    /// <summary>Lets deliveries in, several at once, until it is cancelled; what is under way then is waited for.</summary>
    /// <param name="answer">Answers one. What it throws ends the run.</param>
    /// <param name="cancellationToken">Ends the run, in order.</param>
    public async Task RunAsync(Func<HttpListenerContext, Task> answer, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new HashSet<Task>();
        try
        {
            var next = _listener.GetContextAsync();
            while (true)
            {
                var done = await Task.WhenAny([next, .. underWay]).WaitAsync(stopping.Token).ConfigureAwait(false);
                if (done == next)
                {
                    var context = await next.ConfigureAwait(false);
                    underWay.Add(AnswerAsync(context, answer));
                    next = _listener.GetContextAsync();
                }
                else
                {
                    underWay.Remove(done);
                    await done.ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await Task.WhenAll(underWay).ConfigureAwait(false);
        }
    }

    public void Dispose() => _listener.Abort();

    private static async Task AnswerAsync(HttpListenerContext context, Func<HttpListenerContext, Task> answer)
    {
        if (context.Request.HttpMethod == "POST")
        {
            await answer(context).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = context.Request.HttpMethod == "GET" ? 204 : 405;
        context.Response.Headers[SignOfLife] = "1";
        context.Response.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
