using NodeData.Cli.CommandLine;
using NodeData.Cli.Credentials;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;
using NodeData.Cli.Verbose;
using NodeData.Sdk;

namespace NodeData.Cli.Scan.Verifying;

/// <summary>
/// Verifies whether the keys found are active: each key authenticates its own <c>GET /me</c>. Keys are sent to the base URL in <c>--base-url</c> or the
/// environment, else to the default base URL of the service; never to a base URL in <c>.env.local</c>, which may come with a foreign repository.
/// </summary>
internal sealed class KeyVerifier
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);
    private readonly Invocation _invocation;
    private readonly Uri? _address;
    private string? _connectionError;

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

    /// <summary>Returns all findings with the result of their verification, even if the service cannot be reached.</summary>
    public static async Task<List<Finding>> VerifyAsync(Invocation invocation, List<Finding> findings, CancellationToken cancellationToken)
    {
        var verifier = new KeyVerifier(invocation);
        var verifications = new Dictionary<FoundSecret, Verification>();
        foreach (var secret in findings.Select(finding => finding.Secret).Distinct())
        {
            verifications[secret] = await verifier.VerifyAsync(secret, cancellationToken).ConfigureAwait(false);
        }

        if (verifier._connectionError is { } failure)
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
            return new Verification(VerificationState.Unknown, "webhook secrets cannot be verified");
        }

        if (!ApiKey.TryParse(secret.Reveal(), out var key))
        {
            return new Verification(VerificationState.Unknown, "too long for a key");
        }

        if (_connectionError is not null)
        {
            return new Verification(VerificationState.Unknown, "not checked after the connection failed");
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
            // Rate limits apply per key: the next key may succeed.
            return new Verification(VerificationState.Unknown, "rate limited: too many requests with this key");
        }
        catch (NodeDataResponseFormatException)
        {
            return new Verification(VerificationState.Unknown, "the response of the service cannot be read");
        }
        catch (NodeDataApiException exception)
        {
            return new Verification(VerificationState.Unknown, $"the service returned {(int)exception.Status}");
        }
        catch (NodeDataConnectionException failure)
        {
            // Do not wait again for a service that cannot be reached.
            _connectionError = failure.Message;
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
