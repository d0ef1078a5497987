using System.Globalization;
using System.Net;
using NodeData.Cli.Output;
using NodeData.Cli.Webhooks.Signing;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>Hands deliveries to the application, byte for byte, its answers back, and shows both.</summary>
internal sealed class Forwarding(Uri application, ListeningReport report, ArrivedEvents arrived) : IDisposable
{
    private readonly Poster _poster = new(report.Terminal.Time);
    private volatile Delivery? _last;
    private volatile WebhookSecret? _secret;
    private string? _trouble;

    public void Dispose() => _poster.Dispose();

    /// <summary>Goes by this secret from now on.</summary>
    public void Use(WebhookSecret secret) => _secret = secret;

    /// <summary>Answers a delivery with what the application answers.</summary>
    public async Task AnswerAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        if (await Delivery.ReadAsync(context.Request, cancellationToken).ConfigureAwait(false) is not { } delivery)
        {
            context.Response.Abort();
            report.Warn("A delivery broke off before it was whole; nothing of it was forwarded.");
            return;
        }

        arrived.Add(delivery.Event?.Id);
        _last = delivery;
        var posted = await ForwardAsync(delivery, isAgain: false, cancellationToken).ConfigureAwait(false);
        await Delivery.AnswerAsync(context.Response, posted).ConfigureAwait(false);
    }

    /// <summary>Sends the last delivery to the application once more, signed anew.</summary>
    public async Task SendAgainAsync(CancellationToken cancellationToken)
    {
        if (_last is not { } last || _secret is not { } secret)
        {
            report.Say("Nothing was delivered yet that could be sent again.");
            return;
        }

        using var signer = new WebhookSigner(secret);
        await ForwardAsync(last.SignedBy(signer, report.Now), isAgain: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Posted> ForwardAsync(Delivery delivery, bool isAgain, CancellationToken cancellationToken)
    {
        var posted = await PostAsync(delivery, cancellationToken).ConfigureAwait(false);
        var isValid = IsValid(delivery);
        Show(delivery, posted, isValid, isAgain);
        Explain(posted, isValid);
        return posted;
    }

    private async Task<Posted> PostAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await _poster.PostAsync(application, delivery.Body, delivery.Headers, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new Posted(null, "the listening ended before there was an answer", TimeSpan.Zero);
        }
    }

    private void Show(Delivery delivery, Posted posted, bool? isValid, bool isAgain)
    {
        var milliseconds = (long)posted.Took.TotalMilliseconds;
        report.Line(
            new EventLine(
                report.Now,
                delivery.Event?.Type.Value,
                delivery.Event?.Id,
                posted.Status,
                milliseconds,
                posted.Error,
                isValid,
                isAgain
            ),
            ListeningJson.Lines.EventLine,
            delivery.Event?.Type.Value ?? "(no event)",
            delivery.Event?.Id,
            posted.Status is not { } status ? Cell.Bad(posted.Error!)
                : ReceiverAnswer.IsSuccess(status) ? Cell.Good($"{status}")
                : Cell.Bad($"{status}"),
            Cell.Dim(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms")),
            isAgain ? Cell.Dim("sent again") : (string?)null
        );
    }

    // Once for each kind of trouble, and again once it was over.
    private void Explain(Posted posted, bool? isValid)
    {
        var trouble =
            posted.Status is not { } status
                ? $"The application at {application} did not take it: {posted.Error}. The emulator is answered 502 and delivers it again: after 5 s, 5 min, "
                    + "30 min and so on of its clock."
            : ReceiverAnswer.IsSuccess(status) ? null
            : status == 401 && isValid == true
                ? $"The application refuses a signature that is right: it goes by another secret than {_secret}, or does not verify the bytes as they came. "
                    + "Start it again, so that it reads the secret."
            : status == 401 ? "The application refuses it, and rightly: the signature is not valid."
            : ReceiverAnswer.Meaning(status, $"{_secret}");
        var before = Interlocked.Exchange(ref _trouble, trouble);
        if (trouble is null && before is not null)
        {
            report.Say("The application takes deliveries again.");
        }
        else if (trouble is not null && trouble != before)
        {
            report.Warn(trouble);
        }
    }

    private bool? IsValid(Delivery delivery)
    {
        if (_secret is not { } secret)
        {
            return null;
        }

        using var verifier = new WebhookVerifier(secret, new WebhookVerifierOptions { TimeProvider = report.Terminal.Time });
        return verifier.Verify(delivery.Body, delivery.Signature).IsValid;
    }
}
