namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>The wire values of delivery states. The contract defines none; these are the emulator's.</summary>
internal static class DeliveryStatuses
{
    public static string ToWireValue(EmulatorDeliveryStatus status) =>
        status switch
        {
            EmulatorDeliveryStatus.Pending => "pending",
            EmulatorDeliveryStatus.Succeeded => "succeeded",
            _ => "failed",
        };

    public static EmulatorDeliveryStatus FromWireValue(string value) =>
        value switch
        {
            "pending" => EmulatorDeliveryStatus.Pending,
            "succeeded" => EmulatorDeliveryStatus.Succeeded,
            _ => EmulatorDeliveryStatus.Failed,
        };
}
