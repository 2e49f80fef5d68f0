namespace ClinicBlazor.App.Billing;

/// <summary>Names the resource files with the words of bills, payments and prices; English is the key.</summary>
public sealed class BillingText
{
}
