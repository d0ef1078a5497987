using System.Globalization;

namespace NodeData.Sdk.Webhooks;

/// <summary>Represents a rotation of a webhook secret and its progress. Contains no secret; immutable.</summary>
/// <param name="OldEndpointId">The id of the endpoint that is replaced.</param>
/// <param name="NewEndpointId">The id of the endpoint that replaces it.</param>
public sealed record WebhookSecretRotation(string OldEndpointId, string NewEndpointId)
{
    /// <summary>The time at which the overlap ends. From then on the old endpoint can be deleted.</summary>
    public required DateTimeOffset OverlapEndsAt { get; init; }

    /// <summary>Whether the old endpoint is deleted. Its secret no longer signs deliveries, so receivers can drop it.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>Whether a delivery to the new endpoint succeeded; false also if there was no event during the overlap.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Returns the rotation in one line.</summary>
    /// <returns>The ids of both endpoints and the progress.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{OldEndpointId} to {NewEndpointId}: {(IsCompleted ? "completed" : $"overlap until {OverlapEndsAt.UtcDateTime:u}")}"
                + $"{(IsVerified ? ", verified" : "")}"
        );
}
