namespace NodeData.Emulator;

/// <summary>How far a delivery has come.</summary>
public enum EmulatorDeliveryStatus
{
    /// <summary>It will be attempted, for the first time or again.</summary>
    Pending = 1,

    /// <summary>An attempt was answered with 2xx.</summary>
    Succeeded = 2,

    /// <summary>The last attempt of the schedule failed, or its endpoint was deleted: it will not be attempted again by itself.</summary>
    Failed = 3,
}
