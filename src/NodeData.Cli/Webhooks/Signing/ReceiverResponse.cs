namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Explains the effect of a receiver's response on a delivery (docs/webhooks.md, "Responses").</summary>
internal static class ReceiverResponse
{
    public static bool IsSuccess(int status) => status is >= 200 and < 300;

    /// <param name="status">The status of the response.</param>
    /// <param name="secret">The secret that signed the delivery, masked.</param>
    public static string Explain(int status, string secret) =>
        status switch
        {
            >= 200 and < 300 => "The receiver accepted the delivery.",
            >= 300 and < 400 => "A redirect, which the service does not follow. Use the URL that it points to.",
            401 =>
                $"The receiver rejected the signature: its secret differs from {secret}, it does not verify the raw bytes, or its clock is wrong. "
                    + "Restart it if the secret changed.",
            403 =>
                "A component in front of the receiver denied the request: a login, antiforgery protection or a firewall. Deliveries are authenticated by their "
                    + "signature, so allow the path.",
            404 or 405 => "Nothing receives deliveries at this path. Correct the path, or map it for POST.",
            408 => "The receiver did not receive the whole body in time.",
            409 => "The receiver is already processing this event; the service retries the delivery.",
            413 => "The body is larger than the receiver accepts.",
            415 => "The receiver does not accept application/json at this path.",
            422 => "The signature is valid, but the receiver cannot parse the body as an event.",
            429 => "The receiver limits the rate of requests; the service retries the delivery.",
            503 =>
                "The receiver is not ready: it is starting, its store is unavailable, or it ran out of time. The service retries the delivery.",
            >= 500 => "The receiver failed to handle the event; its log has the reason. The service retries the delivery.",
            _ => "The receiver rejected the delivery; its log has the reason.",
        };
}
