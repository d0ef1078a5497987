namespace NodeData.Sdk.Testing;

/// <summary>What can go wrong with a call of a delivery log.</summary>
public enum WebhookDeliveryLogFault
{
    /// <summary>The call fails, and nothing was changed.</summary>
    FailsBefore = 1,

    /// <summary>The change is made, and its answer is lost: the call fails.</summary>
    AnswerLost = 2,

    /// <summary>The call does not end until it is cancelled, and nothing was changed.</summary>
    Hangs = 3,

    /// <summary>The change is made, and the call does not end until it is cancelled.</summary>
    AnswerHangs = 4,
}
