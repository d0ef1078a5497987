using System.Globalization;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>Whether the service answers, what it says of the key, and whether its clock is ours.</summary>
internal sealed class ServiceCheck(NodeClient node, TimeProvider time)
{
    private static readonly TimeSpan SlightSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WebhookTolerance = TimeSpan.FromMinutes(5);

    private NodeResponseInfo? _answer;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var asking = node.With(
                new NodeRequestOptions
                {
                    MaxRetries = 0,
                    Timeout = TimeSpan.FromSeconds(15),
                    OnResponse = answer => _answer = answer,
                }
            );
            var account = await asking.Me.GetAsync(cancellationToken).ConfigureAwait(false);
            var took = time.GetElapsedTime(started);
            return
            [
                Finding.Good(
                    "service",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"answered in {took.TotalMilliseconds:0} ms ({_answer?.RequestId ?? "no request id"})"
                    )
                ),
                Finding.Good("account", $"{account.Id} {account.Email}".Trim()),
                ScopesOf(account.Key),
                await ExpiryAsync(account.Key?.Id, cancellationToken).ConfigureAwait(false),
                Clock(),
            ];
        }
        catch (NodeDataException failure)
        {
            var found = failure is NodeDataConnectionException ? "not reached" : "refused";
            return _answer is null ? [Failed(found, failure)] : [Failed(found, failure), Clock()];
        }
    }

    private static Finding Failed(string found, NodeDataException failure) =>
        Finding.Problem("service", found, Failure.Of(failure).Message);

    private static Finding ScopesOf(NodeAccountKey? key) =>
        key?.Scopes is not { } scopes ? Finding.Note("scopes", "the service does not tell them")
        : scopes.IsFullAccess ? Finding.Note("scopes", "full access: fit for making keys; a program gets a key with the scopes it needs")
        : Finding.Good("scopes", ScopesText.Of(scopes));

    private async Task<Finding> ExpiryAsync(string? id, CancellationToken cancellationToken)
    {
        const string check = "expiry";
        if (id is null)
        {
            return Finding.Note(check, "the service does not tell the key's id, so it cannot be looked up");
        }

        try
        {
            return ExpiryOf(await node.Keys.GetAsync(id, cancellationToken).ConfigureAwait(false), id);
        }
        catch (NodeDataPermissionException)
        {
            return Finding.Note(check, "only a key with full access can see it: node-data keys get " + id);
        }
    }

    private Finding ExpiryOf(ApiKeyInfo key, string id)
    {
        var review = new ApiKeyRotationPolicy().Evaluate([key], time.GetUtcNow());
        var rotate = $"node-data keys rotate {id} --overlap 24h";
        var when = key.ExpiresAt is { } end ? $"expires {Cell.Moment(end)}" : "never expires";
        var made = key.CreatedAt is { } start ? $"made {Cell.Moment(start)}, " : "";
        return review.Overdue.Count > 0 ? Finding.Problem("expiry", $"{made}{when}; its rotation is overdue", rotate)
            : review.Due.Count > 0 ? Finding.Warning("expiry", $"{made}{when}; its rotation is due", rotate)
            : review.WithoutExpiry.Count > 0
                ? Finding.Warning("expiry", $"{made}{when}", $"Keys should end by themselves: {rotate} --expires 90d")
            : Finding.Good("expiry", $"{made}{when}");
    }

    private Finding Clock()
    {
        const string check = "clock";
        if (
            _answer?.Headers.FirstOrDefault(header => header.Key.Equals("Date", StringComparison.OrdinalIgnoreCase)).Value is not { } date
            || !DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var theirs)
        )
        {
            return Finding.Note(check, "the service's answer tells no time");
        }

        var skew = time.GetUtcNow() - theirs;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Math.Abs(skew.TotalSeconds):0} s {(skew < TimeSpan.Zero ? "behind" : "ahead of")} the service's"
        );
        const string cure =
            "Set the clock (timedatectl set-ntp true): signatures of webhooks are refused beyond 300 s, and expiries come at the wrong time.";
        return skew.Duration() > WebhookTolerance ? Finding.Problem(check, text, cure)
            : skew.Duration() > SlightSkew ? Finding.Warning(check, text, cure)
            : Finding.Good(check, "agrees with the service's");
    }
}
