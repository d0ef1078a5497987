using System.Globalization;

namespace NodeData.Sdk.Webhooks;

/// <summary>The receipt of a rotation of a webhook secret: how far it has come. Holds no secret; immutable.</summary>
/// <param name="OldEndpointId">The endpoint that is replaced, with its secret.</param>
/// <param name="NewEndpointId">The endpoint in its place.</param>
public sealed record WebhookSecretRotation(string OldEndpointId, string NewEndpointId)
{
    /// <summary>When both endpoints were delivered to for long enough; the old one is deleted then.</summary>
    public required DateTimeOffset OverlapEndsAt { get; init; }

    /// <summary>Whether the old endpoint is deleted, so that its secret signs nothing any more: receivers can let go of it.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>Whether a delivery to the new endpoint was seen to succeed; false also where no event came.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The receipt in one line.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{OldEndpointId} to {NewEndpointId}: {(IsCompleted ? "completed" : $"overlap until {OverlapEndsAt.UtcDateTime:u}")}"
                + $"{(IsVerified ? ", seen to work" : "")}"
        );
}
