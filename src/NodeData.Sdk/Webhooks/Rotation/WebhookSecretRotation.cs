using System.Globalization;

namespace NodeData.Sdk.Webhooks;

/// <summary>Represents a rotation of a webhook secret and its progress. It contains no secret. Immutable.</summary>
/// <param name="OldEndpointId">The ID of the endpoint that is replaced.</param>
/// <param name="NewEndpointId">The ID of the endpoint that replaces it.</param>
public sealed record WebhookSecretRotation(string OldEndpointId, string NewEndpointId)
{
    /// <summary>Gets the time at which the overlap ends. The old endpoint can be deleted at this time or later.</summary>
    public required DateTimeOffset OverlapEndsAt { get; init; }

    /// <summary>
    /// Gets a value that indicates whether the old endpoint is deleted. Requests are no longer signed with its secret, so receivers can remove the secret.
    /// </summary>
    public bool IsCompleted { get; init; }

    /// <summary>Gets a value that indicates whether a delivery to the new endpoint succeeded; also false if there was no event during the overlap.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Returns a string that represents the rotation.</summary>
    /// <returns>The IDs of both endpoints and the progress.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{OldEndpointId} to {NewEndpointId}: {(IsCompleted ? "completed" : $"overlap until {OverlapEndsAt.UtcDateTime:u}")}"
                + $"{(IsVerified ? ", verified" : "")}"
        );
}
