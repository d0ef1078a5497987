using NodeData.Cli.CommandLine;
using NodeData.Cli.Credentials;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;
using NodeData.Cli.Verbose;
using NodeData.Sdk;

namespace NodeData.Cli.Scan.Verifying;

/// <summary>
/// Asks the service whether keys that were found are in use, each with itself: <c>GET /me</c>. They go to the address of <c>--base-url</c> or the
/// environment, or else to the service's own; never to one in a <c>.env.local</c>, which may come with somebody else's repository.
/// </summary>
internal sealed class KeyVerifier
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);
    private readonly Invocation _invocation;
    private readonly Uri? _address;
    private string? _lost;

    private KeyVerifier(Invocation invocation)
    {
        _invocation = invocation;
        var address = invocation.Get(GlobalOptions.BaseUrl) ?? Terminal.Variable(ClientSettings.AddressVariable);
        _address = address is null ? null : new Uri(address, UriKind.RelativeOrAbsolute);
        if (invocation.IsVerbose)
        {
            RequestReport.Begin(invocation.Terminal);
        }
    }

    /// <summary>The findings with what the service said. Whatever it said, and even if it said nothing, the findings are all there.</summary>
    public static async Task<List<Finding>> AskAsync(Invocation invocation, List<Finding> findings, CancellationToken cancellationToken)
    {
        var verifier = new KeyVerifier(invocation);
        var answers = new Dictionary<FoundSecret, Verification>();
        foreach (var secret in findings.Select(finding => finding.Secret).Distinct())
        {
            answers[secret] = await verifier.AskAsync(secret, cancellationToken).ConfigureAwait(false);
        }

        if (verifier._lost is { } failure)
        {
            await invocation
                .Terminal.Error.WriteLineAsync(PlainText.Of($"node-data: not every key could be verified: {failure}"))
                .ConfigureAwait(false);
        }

        return [.. findings.Select(finding => finding with { Verification = answers[finding.Secret] })];
    }

    private async Task<Verification> AskAsync(FoundSecret secret, CancellationToken cancellationToken)
    {
        if (secret.Rule == SecretRule.WebhookSecret)
        {
            return new Verification(VerifiedState.Unknown, "the service cannot be asked about webhook secrets");
        }

        if (!ApiKey.TryParse(secret.Reveal(), out var key))
        {
            return new Verification(VerifiedState.Unknown, "too long for a key");
        }

        if (_lost is not null)
        {
            return new Verification(VerifiedState.Unknown, "the service was not asked any more");
        }

        try
        {
            using var node = new NodeClient(OptionsFor(key));
            var account = await node.Me.GetAsync(cancellationToken).ConfigureAwait(false);
            return new Verification(VerifiedState.Alive, Reason: null, account.Key ?? new NodeAccountKey());
        }
        catch (NodeDataAuthenticationException)
        {
            return new Verification(VerifiedState.Dead);
        }
        catch (NodeDataRateLimitException)
        {
            // Limits are for each key: the next one may be answered.
            return new Verification(VerifiedState.Unknown, "the service has too many requests of this key");
        }
        catch (NodeDataResponseFormatException)
        {
            return new Verification(VerifiedState.Unknown, "the service's answer cannot be read");
        }
        catch (NodeDataApiException refusal)
        {
            return new Verification(VerifiedState.Unknown, $"the service answered {(int)refusal.Status}");
        }
        catch (NodeDataConnectionException failure)
        {
            // One wait for a service that is not there is enough.
            _lost = failure.Message;
            return new Verification(VerifiedState.Unknown, "the service could not be reached");
        }
    }

    private NodeClientOptions OptionsFor(ApiKey key) =>
        new()
        {
            ApiKey = key.Reveal(),
            BaseAddress = _address,
            WebhookSecrets = [],
            AttemptTimeout = AttemptTimeout,
            MaxRetries = 1,
            LoggerFactory = new TerminalLog(_invocation.Terminal, _invocation.IsVerbose),
        };
}
