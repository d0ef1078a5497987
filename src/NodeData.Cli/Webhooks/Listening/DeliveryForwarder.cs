using System.Globalization;
using System.Net;
using NodeData.Cli.Output;
using NodeData.Cli.Webhooks.Signing;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Hands deliveries to the application, byte for byte, its answers back, and shows both.</summary>
internal sealed class DeliveryForwarder(Uri application, ListeningReport report, ReceivedEventIds receivedIds) : IDisposable
{
    private readonly WebhookSender _sender = new(report.Terminal.Time);
    private volatile WebhookRequest? _lastRequest;
    private volatile WebhookSecret? _secret;
    private string? _problem;

    public void Dispose() => _sender.Dispose();

    /// <summary>Goes by this secret from now on.</summary>
    public void SetSecret(WebhookSecret secret) => _secret = secret;

    /// <summary>Answers a delivery with what the application answers.</summary>
    public async Task HandleAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        if (await WebhookRequest.ReadAsync(context.Request, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            context.Response.Abort();
            report.WriteWarning("A delivery broke off before it was whole; nothing of it was forwarded.");
            return;
        }

        receivedIds.Add(request.Event?.Id);
        _lastRequest = request;
        var result = await ForwardAsync(request, isResent: false, cancellationToken).ConfigureAwait(false);
        await WebhookRequest.RespondAsync(context.Response, result).ConfigureAwait(false);
    }

    /// <summary>Sends the last delivery to the application once more, signed anew.</summary>
    public async Task ResendAsync(CancellationToken cancellationToken)
    {
        if (_lastRequest is not { } last || _secret is not { } secret)
        {
            report.WriteInfo("Nothing was delivered yet that could be sent again.");
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
            return new WebhookSendResult(null, "the listening ended before there was an answer", TimeSpan.Zero);
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
            request.Event?.Type.Value ?? "(no event)",
            request.Event?.Id,
            result.Status is not { } status ? Cell.Bad(result.Error!)
                : ReceiverResponse.IsSuccess(status) ? Cell.Good($"{status}")
                : Cell.Bad($"{status}"),
            Cell.Dim(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms")),
            isResent ? Cell.Dim("sent again") : (string?)null
        );
    }

    // Once for each kind of trouble, and again once it was over.
    private void Explain(WebhookSendResult result, bool? isValid)
    {
        var problem =
            result.Status is not { } status
                ? $"The application at {application} did not take it: {result.Error}. The emulator is answered 502 and delivers it again: after 5 s, 5 min, "
                    + "30 min and so on of its clock."
            : ReceiverResponse.IsSuccess(status) ? null
            : status == 401 && isValid == true
                ? $"The application refuses a signature that is right: it goes by another secret than {_secret}, or does not verify the bytes as they came. "
                    + "Start it again, so that it reads the secret."
            : status == 401 ? "The application refuses it, and rightly: the signature is not valid."
            : ReceiverResponse.Explain(status, $"{_secret}");
        var previous = Interlocked.Exchange(ref _problem, problem);
        if (problem is null && previous is not null)
        {
            report.WriteInfo("The application takes deliveries again.");
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
