using System.Globalization;
using System.Net;
using NodeData.Cli.Output;
using NodeData.Cli.Webhooks.Signing;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Forwards deliveries to the application, byte for byte, returns its responses, and shows both.</summary>
internal sealed class DeliveryForwarder(Uri application, ListeningReport report, ReceivedEventIds receivedIds) : IDisposable
{
    private readonly WebhookSender _sender = new(report.Terminal.Time);
    private volatile WebhookRequest? _lastRequest;
    private volatile WebhookSecret? _secret;
    private string? _problem;

    public void Dispose() => _sender.Dispose();

    /// <summary>Sets the secret that verifies and signs deliveries.</summary>
    public void SetSecret(WebhookSecret secret) => _secret = secret;

    /// <summary>Forwards a delivery, and responds with the application's response.</summary>
    public async Task HandleAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        if (await WebhookRequest.ReadAsync(context.Request, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            context.Response.Abort();
            report.WriteWarning("A delivery ended before its body was complete and was not forwarded.");
            return;
        }

        receivedIds.Add(request.Event?.Id);
        _lastRequest = request;
        var result = await ForwardAsync(request, isResent: false, cancellationToken).ConfigureAwait(false);
        await WebhookRequest.RespondAsync(context.Response, result).ConfigureAwait(false);
    }

    /// <summary>Sends the last delivery to the application again, with a new signature.</summary>
    public async Task ResendAsync(CancellationToken cancellationToken)
    {
        if (_lastRequest is not { } last || _secret is not { } secret)
        {
            report.WriteInfo("There is no delivery to resend yet.");
            return;
        }

        using var signer = new WebhookSigner(secret);
        await ForwardAsync(last.WithNewSignature(signer, report.Now), isResent: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<WebhookSendResult> ForwardAsync(WebhookRequest request, bool isResent, CancellationToken cancellationToken)
    {
        var result = await PostAsync(request, cancellationToken).ConfigureAwait(false);
        var isValid = IsValid(request);
        Show(request, result, isValid, isResent);
        Explain(result, isValid);
        return result;
    }

    private async Task<WebhookSendResult> PostAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _sender.SendAsync(application, request.Body, request.Headers, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new WebhookSendResult(null, "listening stopped before the application responded", TimeSpan.Zero);
        }
    }

    private void Show(WebhookRequest request, WebhookSendResult result, bool? isValid, bool isResent)
    {
        var milliseconds = (long)result.Duration.TotalMilliseconds;
        report.WriteLine(
            new EventLine(
                report.Now,
                request.Event?.Type.Value,
                request.Event?.Id,
                result.Status,
                milliseconds,
                result.Error,
                isValid,
                isResent
            ),
            ListeningJson.Lines.EventLine,
            request.Event?.Type.Value ?? "(not an event)",
            request.Event?.Id,
            result.Status is not { } status ? Cell.Bad(result.Error!)
                : ReceiverResponse.IsSuccess(status) ? Cell.Good($"{status}")
                : Cell.Bad($"{status}"),
            Cell.Dim(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms")),
            isResent ? Cell.Dim("resent") : (string?)null
        );
    }

    // Each kind of problem is reported once, and again after it was resolved.
    private void Explain(WebhookSendResult result, bool? isValid)
    {
        var problem =
            result.Status is not { } status
                ? $"Forwarding to {application} failed: {result.Error}. The emulator gets a 502 and retries the delivery after 5 s, 5 min, 30 min and so on "
                    + "by its clock."
            : ReceiverResponse.IsSuccess(status) ? null
            : status == 401 && isValid == true
                ? $"The application rejected a valid signature: it uses a secret other than {_secret}, or does not verify the raw bytes. "
                    + "Restart it so that it reads the secret."
            : status == 401 ? "The application correctly rejected the delivery: the signature is invalid."
            : ReceiverResponse.Explain(status, $"{_secret}");
        var previous = Interlocked.Exchange(ref _problem, problem);
        if (problem is null && previous is not null)
        {
            report.WriteInfo("The application accepts deliveries again.");
        }
        else if (problem is not null && problem != previous)
        {
            report.WriteWarning(problem);
        }
    }

    private bool? IsValid(WebhookRequest request)
    {
        if (_secret is not { } secret)
        {
            return null;
        }

        using var verifier = new WebhookVerifier(secret, new WebhookVerifierOptions { TimeProvider = report.Terminal.Time });
        return verifier.Verify(request.Body, request.Signature).IsValid;
    }
}
