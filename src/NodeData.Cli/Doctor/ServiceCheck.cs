using System.Globalization;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>Checks whether the service responds, the scopes and expiration of the key, and the difference between the clocks.</summary>
internal sealed class ServiceCheck(NodeClient node, TimeProvider time)
{
    private static readonly TimeSpan WarningSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WebhookTolerance = TimeSpan.FromMinutes(5);

    private NodeResponseInfo? _response;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var client = node.WithOptions(
                new NodeRequestOptions
                {
                    MaxRetries = 0,
                    Timeout = TimeSpan.FromSeconds(15),
                    OnResponse = response => _response = response,
                }
            );
            var account = await client.Me.GetAsync(cancellationToken).ConfigureAwait(false);
            var elapsed = time.GetElapsedTime(started);
            return
            [
                Finding.Ok(
                    "service",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"responded in {elapsed.TotalMilliseconds:0} ms ({_response?.RequestId ?? "no request ID"})"
                    )
                ),
                Finding.Ok("account", $"{account.Id} {account.Email}".Trim()),
                CheckScopes(account.Key),
                await CheckExpirationAsync(account.Key?.Id, cancellationToken).ConfigureAwait(false),
                CheckClock(),
            ];
        }
        catch (NodeDataException exception)
        {
            var message = exception is NodeDataConnectionException ? "unreachable" : "request failed";
            return _response is null ? [CreateFailure(message, exception)] : [CreateFailure(message, exception), CheckClock()];
        }
    }

    private static Finding CreateFailure(string message, NodeDataException exception) =>
        Finding.Error("service", message, Failure.FromException(exception).Message);

    private static Finding CheckScopes(NodeAccountKey? key) =>
        key?.Scopes is not { } scopes ? Finding.Note("scopes", "not returned by the service")
        : scopes.IsFullAccess
            ? Finding.Note(
                "scopes",
                "full access: suitable for managing keys; give each application a key with only the scopes that it needs"
            )
        : Finding.Ok("scopes", ScopesText.Format(scopes));

    private async Task<Finding> CheckExpirationAsync(string? id, CancellationToken cancellationToken)
    {
        const string check = "expiration";
        if (id is null)
        {
            return Finding.Note(check, "the service did not return the ID of the key, so its expiration is unknown");
        }

        try
        {
            return EvaluateExpiry(await node.Keys.GetAsync(id, cancellationToken).ConfigureAwait(false), id);
        }
        catch (NodeDataPermissionException)
        {
            return Finding.Note(check, "visible only with a full-access key: node-data keys get " + id);
        }
    }

    private Finding EvaluateExpiry(ApiKeyInfo key, string id)
    {
        var report = new ApiKeyRotationPolicy().Evaluate([key], time.GetUtcNow());
        var rotate = $"node-data keys rotate {id} --overlap 24h";
        var expiration = key.ExpiresAt is { } end ? $"expires {Cell.FormatTime(end)}" : "never expires";
        var creation = key.CreatedAt is { } start ? $"created {Cell.FormatTime(start)}, " : "";
        return report.Overdue.Count > 0 ? Finding.Error("expiration", $"{creation}{expiration}; its rotation is overdue", rotate)
            : report.Due.Count > 0 ? Finding.Warning("expiration", $"{creation}{expiration}; its rotation is due", rotate)
            : report.WithoutExpiry.Count > 0
                ? Finding.Warning("expiration", $"{creation}{expiration}", $"Keys should expire: {rotate} --expires 90d")
            : Finding.Ok("expiration", $"{creation}{expiration}");
    }

    private Finding CheckClock()
    {
        const string check = "clock";
        if (
            _response?.Headers.FirstOrDefault(header => header.Key.Equals("Date", StringComparison.OrdinalIgnoreCase)).Value is not { } date
            || !DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var serviceTime)
        )
        {
            return Finding.Note(check, "the response has no Date header");
        }

        var skew = time.GetUtcNow() - serviceTime;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Math.Abs(skew.TotalSeconds):0} s {(skew < TimeSpan.Zero ? "behind" : "ahead of")} the service's clock"
        );
        const string remedy =
            "Set the clock (timedatectl set-ntp true): webhook signatures are rejected beyond 300 s, and keys appear to expire at the wrong time.";
        return skew.Duration() > WebhookTolerance ? Finding.Error(check, text, remedy)
            : skew.Duration() > WarningSkew ? Finding.Warning(check, text, remedy)
            : Finding.Ok(check, "agrees with the service's clock");
    }
}
