using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Billing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Invoices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    VisitId = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    OpenedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Entries = table.Column<int>(type: "integer", nullable: false),
                    OpenCents = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Invoices", x => x.Id);
                    table.UniqueConstraint("AK_Invoices_Id_PatientId", x => new { x.Id, x.PatientId });
                    table.ForeignKey(
                        name: "FK_Invoices_Visits_VisitId_PatientId",
                        columns: x => new { x.VisitId, x.PatientId },
                        principalTable: "Visits",
                        principalColumns: new[] { "Id", "PatientId" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Prices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    Cents = table.Column<long>(type: "bigint", nullable: false),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    IsConsultation = table.Column<bool>(type: "boolean", nullable: false),
                    RetiredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Prices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LedgerEntries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Cents = table.Column<long>(type: "bigint", nullable: false),
                    OfId = table.Column<Guid>(type: "uuid", nullable: true),
                    EventId = table.Column<Guid>(type: "uuid", nullable: true),
                    PriceId = table.Column<Guid>(type: "uuid", nullable: true),
                    Name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true, collation: "C"),
                    Method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Parts = table.Column<int>(type: "integer", nullable: true),
                    EndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Reference = table.Column<byte[]>(type: "bytea", nullable: true),
                    Reason = table.Column<byte[]>(type: "bytea", nullable: true),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerEntries", x => x.Id);
                    table.UniqueConstraint("AK_LedgerEntries_Id_InvoiceId_PatientId", x => new { x.Id, x.InvoiceId, x.PatientId });
                    table.CheckConstraint("CK_LedgerEntries_NotNegative", "\"Cents\" >= 0");
                    table.ForeignKey(
                        name: "FK_LedgerEntries_Invoices_InvoiceId_PatientId",
                        columns: x => new { x.InvoiceId, x.PatientId },
                        principalTable: "Invoices",
                        principalColumns: new[] { "Id", "PatientId" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LedgerEntries_LedgerEntries_OfId_InvoiceId_PatientId",
                        columns: x => new { x.OfId, x.InvoiceId, x.PatientId },
                        principalTable: "LedgerEntries",
                        principalColumns: new[] { "Id", "InvoiceId", "PatientId" });
                    table.ForeignKey(
                        name: "FK_LedgerEntries_Prices_PriceId",
                        column: x => x.PriceId,
                        principalTable: "Prices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_Number",
                table: "Invoices",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_PatientId",
                table: "Invoices",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_Unsettled",
                table: "Invoices",
                columns: new[] { "OpenedAt", "Id" },
                filter: "\"OpenCents\" <> 0");

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_VisitId",
                table: "Invoices",
                column: "VisitId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_VisitId_PatientId",
                table: "Invoices",
                columns: new[] { "VisitId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerEntries_InvoiceId_Number",
                table: "LedgerEntries",
                columns: new[] { "InvoiceId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LedgerEntries_InvoiceId_PatientId",
                table: "LedgerEntries",
                columns: new[] { "InvoiceId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerEntries_OfId_InvoiceId_PatientId",
                table: "LedgerEntries",
                columns: new[] { "OfId", "InvoiceId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerEntries_PatientId",
                table: "LedgerEntries",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerEntries_PriceId",
                table: "LedgerEntries",
                column: "PriceId");

            migrationBuilder.CreateIndex(
                name: "IX_Prices_OneACode",
                table: "Prices",
                column: "Code",
                unique: true,
                filter: "\"RetiredAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Prices_OneConsultation",
                table: "Prices",
                column: "IsConsultation",
                unique: true,
                filter: "\"RetiredAt\" IS NULL AND \"IsConsultation\"");

            migrationBuilder.GuardLedgers();
            migrationBuilder.LetKeysOfLedgersChange();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LedgerEntries");

            migrationBuilder.DropTable(
                name: "Invoices");

            migrationBuilder.DropTable(
                name: "Prices");
        }
    }
}
