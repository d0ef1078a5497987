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
    private string? _connectionFailure;

    private KeyVerifier(Invocation invocation)
    {
        _invocation = invocation;
        var address = invocation.Get(GlobalOptions.BaseUrl) ?? Terminal.GetVariable(ClientSettings.AddressVariable);
        _address = address is null ? null : new Uri(address, UriKind.RelativeOrAbsolute);
        if (invocation.IsVerbose)
        {
            RequestReport.Start(invocation.Terminal);
        }
    }

    /// <summary>The findings with what the service said. Whatever it said, and even if it said nothing, the findings are all there.</summary>
    public static async Task<List<Finding>> VerifyAsync(Invocation invocation, List<Finding> findings, CancellationToken cancellationToken)
    {
        var verifier = new KeyVerifier(invocation);
        var verifications = new Dictionary<FoundSecret, Verification>();
        foreach (var secret in findings.Select(finding => finding.Secret).Distinct())
        {
            verifications[secret] = await verifier.VerifyAsync(secret, cancellationToken).ConfigureAwait(false);
        }

        if (verifier._connectionFailure is { } failure)
        {
            await invocation
                .Terminal.Error.WriteLineAsync(PlainText.Sanitize($"node-data: not every key could be verified: {failure}"))
                .ConfigureAwait(false);
        }

        return [.. findings.Select(finding => finding with { Verification = verifications[finding.Secret] })];
    }

    private async Task<Verification> VerifyAsync(FoundSecret secret, CancellationToken cancellationToken)
    {
        if (secret.Rule == SecretRule.WebhookSecret)
        {
            return new Verification(VerificationState.Unknown, "the service cannot be asked about webhook secrets");
        }

        if (!ApiKey.TryParse(secret.Reveal(), out var key))
        {
            return new Verification(VerificationState.Unknown, "too long for a key");
        }

        if (_connectionFailure is not null)
        {
            return new Verification(VerificationState.Unknown, "the service was not asked any more");
        }

        try
        {
            using var node = new NodeClient(CreateOptions(key));
            var account = await node.Me.GetAsync(cancellationToken).ConfigureAwait(false);
            return new Verification(VerificationState.Active, Reason: null, account.Key ?? new NodeAccountKey());
        }
        catch (NodeDataAuthenticationException)
        {
            return new Verification(VerificationState.Inactive);
        }
        catch (NodeDataRateLimitException)
        {
            // Limits are for each key: the next one may be answered.
            return new Verification(VerificationState.Unknown, "the service has too many requests of this key");
        }
        catch (NodeDataResponseFormatException)
        {
            return new Verification(VerificationState.Unknown, "the service's answer cannot be read");
        }
        catch (NodeDataApiException exception)
        {
            return new Verification(VerificationState.Unknown, $"the service answered {(int)exception.Status}");
        }
        catch (NodeDataConnectionException failure)
        {
            // One wait for a service that is not there is enough.
            _connectionFailure = failure.Message;
            return new Verification(VerificationState.Unknown, "the service could not be reached");
        }
    }

    private NodeClientOptions CreateOptions(ApiKey key) =>
        new()
        {
            ApiKey = key.Reveal(),
            BaseAddress = _address,
            WebhookSecrets = [],
            AttemptTimeout = AttemptTimeout,
            MaxRetries = 1,
            LoggerFactory = new TerminalLogger(_invocation.Terminal, _invocation.IsVerbose),
        };
}
