import Experiments

/// No blocks yet.
func tornadoBlocks(_ report: StudyReport, palette: VariantPalette) -> [ReportDocument.Block] { [] }
