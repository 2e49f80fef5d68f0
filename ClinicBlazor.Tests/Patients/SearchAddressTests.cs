using ClinicBlazor.App.Patients;

namespace ClinicBlazor.Tests.Patients;

/// <summary>What may stand in an address, and so in a browser's history.</summary>
[Trait("Requirement", "S1-02")]
public sealed class SearchAddressTests
{
    [Theory]
    [InlineData("")]
    [InlineData("brook b")]
    [InlineData("10232")]
    [InlineData("1968-07-02")]
    [InlineData("02.07.1968")]
    [InlineData("2 Jul 1968")]
    public void MayHold_NameNumberOrBirthDate_True(string text) => Assert.True(SearchAddress.MayHold(text));

    [Theory]
    [InlineData("900-12-3401")]
    [InlineData("900123401")]
    [InlineData("900 12 3401")]
    [InlineData("900.12.3401")]
    [InlineData("900-12-3")]
    [InlineData("900-12-34")]
    [InlineData("90012340")]
    [InlineData("9001234011")]
    [InlineData("Archer 900-12-3401")]
    [InlineData("SSN:900x12x3401")]
    [InlineData("٩٠٠-١٢-٣٤٠١")]
    [InlineData("1968-07-02 900-12-3401")]
    public void MayHold_WhatCouldBeAnSsn_False(string text) => Assert.False(SearchAddress.MayHold(text));
}
