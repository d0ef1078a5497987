namespace NodeData.Cli.Webhooks.Signing;

/// <summary>What a receiver's answer means for a delivery (docs/webhooks.md, "What is answered").</summary>
internal static class ReceiverResponse
{
    public static bool IsSuccess(int status) => status is >= 200 and < 300;

    /// <param name="status">The status that was answered.</param>
    /// <param name="secret">What the delivery was signed with, masked.</param>
    public static string Explain(int status, string secret) =>
        status switch
        {
            >= 200 and < 300 => "The receiver took it.",
            >= 300 and < 400 => "A redirect, which the service does not follow: give the address that it leads to.",
            401 =>
                $"The receiver refuses the signature. Its secret is another one than {secret}, it does not verify the bytes as they came, or its clock is off. "
                    + "Was it started again since the secret changed?",
            403 =>
                "Something before the receiver refuses it: a login, a protection against forged forms, a firewall. Deliveries prove themselves by their "
                    + "signature, so let the path through.",
            404 or 405 => "Nothing receives deliveries at this path: correct the path, or map it for POST.",
            408 => "The receiver did not get the whole body in time.",
            409 => "The receiver is at work on the same event; the service delivers it again.",
            413 => "The body is larger than the receiver takes.",
            415 => "The receiver does not take application/json at this path.",
            422 => "The signature is right, and the body is not what the receiver can read as an event.",
            429 => "The receiver is asked too often; the service delivers it again.",
            503 => "The receiver is not ready: it starts, its store is away, or its time was over. The service delivers it again.",
            >= 500 => "The receiver failed while it handled the event: its log says why. The service delivers it again.",
            _ => "The receiver refuses it: its log says why.",
        };
}
