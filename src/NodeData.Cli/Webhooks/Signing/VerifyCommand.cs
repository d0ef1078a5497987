using System.CommandLine;
using System.Globalization;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Webhooks.Secrets;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Verifies the signature of a delivery, and explains a failure.</summary>
internal sealed class VerifyCommand : NodeDataCommand
{
    private const int DefaultTolerance = 300;
    private const int MaxTolerance = 86_400;

    private readonly Option<string> _signature = new("--signature")
    {
        Description = "Value of the nd-signature header, in quotes: t=…,v1=…",
        HelpName = "HEADER",
        Required = true,
    };

    private readonly Option<string?> _payload = Payload.CreateOption();
    private readonly Option<int?> _tolerance = new("--tolerance")
    {
        Description = "Maximum difference between the timestamp and now, 0 to 86400 seconds; defaults to 300",
        HelpName = "SECONDS",
    };

    private readonly Option<long?> _at = TimestampOption.Create("Time to verify at, as a Unix timestamp in seconds; defaults to now");
    private readonly Option<string?> _secretFile = KnownWebhookSecrets.CreateFileOption();

    public VerifyCommand(Terminal terminal)
        : base("verify", "Verify the signature of a delivery, and explain a failure", terminal)
    {
        Add(_signature);
        Add(_payload);
        Add(_tolerance);
        Add(_at);
        Add(_secretFile);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var tolerance = invocation.Get(_tolerance) ?? DefaultTolerance;
        if (tolerance is < 0 or > MaxTolerance)
        {
            throw CommandFailedException.Usage($"--tolerance must be 0 to {MaxTolerance} seconds.");
        }

        var secrets = KnownWebhookSecrets.Find(invocation, _secretFile, cancellationToken);
        var now = TimestampOption.GetValue(invocation, _at);
        var body = await Payload.ReadAsync(invocation, _payload, cancellationToken).ConfigureAwait(false);
        var check = SignatureCheck.Create(body, invocation.Get(_signature)!, secrets, now, TimeSpan.FromSeconds(tolerance));
        if (invocation.IsJson)
        {
            invocation.WriteJson(VerificationShape.From(check, tolerance), SigningJson.Indented.VerificationShape);
        }
        else
        {
            Describe(check).Write(invocation.Terminal);
        }

        return check.Verification.IsValid ? ExitCode.Ok : ExitCode.Failed;
    }

    private static Facts Describe(SignatureCheck check)
    {
        var facts = new Facts();
        var verification = check.Verification;
        facts.Add("result", verification.ErrorCode is { } code ? Cell.Bad(code.Value) : Cell.Good("valid"));
        facts.Add("secret", verification.MatchedSecret?.Hint);
        facts.Add("signed at", verification.Timestamp);
        facts.Add("skew", check.Skew is { } skew ? string.Create(CultureInfo.InvariantCulture, $"{skew.TotalSeconds:0} s") : null);
        facts.Add("cause", check.Diagnosis?.Cause);
        facts.Add("remedy", check.Diagnosis?.Remedy);
        return facts;
    }
}
