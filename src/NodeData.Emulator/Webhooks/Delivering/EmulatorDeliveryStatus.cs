namespace NodeData.Emulator;

/// <summary>Specifies the status of a delivery.</summary>
public enum EmulatorDeliveryStatus
{
    /// <summary>The delivery is scheduled to be attempted, for the first time or again.</summary>
    Pending = 1,

    /// <summary>The receiver responded to an attempt with 2xx.</summary>
    Succeeded = 2,

    /// <summary>The last scheduled attempt failed, or the endpoint was deleted: there is no further attempt unless the delivery is redelivered.</summary>
    Failed = 3,
}
